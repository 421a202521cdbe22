import {
  aBill,
  aSubscription,
  after,
  anInvoice,
  factsOf,
  PERIOD_END,
  PERIOD_START,
  POLICY,
} from '../../../../../test/factories/subscription.factory';
import type { SubscriptionFacts } from '../../domain/subscription';
import type { Access } from './access';
import type { AccessFacts, AccessPolicy, BilledInvoice } from './access-facts';
import { deriveAccess } from './derive-access';
import { TRIAL_LEEWAY_MS } from './unsettled-period';

const DAY = 86_400_000;
const NOW = after(PERIOD_START, 10 * DAY);
const BEFORE = { start: after(PERIOD_START, -31 * DAY), end: PERIOD_START, proration: false };
const EARLIER = aBill({
  id: 'in_0',
  billingReason: 'subscription_create',
  createdAt: BEFORE.start,
  periods: [BEFORE],
});

interface Case {
  readonly subscription?: Partial<SubscriptionFacts>;
  readonly invoices?: readonly BilledInvoice[];
  readonly facts?: Partial<AccessFacts>;
  readonly policy?: Partial<AccessPolicy>;
  readonly at?: Date;
}

function decide({ subscription = {}, invoices = [], facts = {}, policy = {}, at = NOW }: Case): Access {
  const subscriptions = [aSubscription({ latestInvoice: null, ...subscription })];
  return deriveAccess(factsOf({ subscriptions, invoices, ...facts }), { ...POLICY, ...policy }, at);
}

type Row = [name: string, input: Case, expected: Partial<Access>];
const KEPT = { granted: true, state: 'active', reason: 'free_period', until: PERIOD_END } as const;
const unpaid = (overrides: Partial<BilledInvoice> = {}) => aBill({ status: 'open', ...overrides });
const writtenOff = (uncollectibleReason: string | null) =>
  aBill({ status: 'uncollectible', uncollectibleReason });

describe('void and written-off invoices', () => {
  it.each<Row>([
    ['a void renewal keeps access', { invoices: [EARLIER, aBill({ status: 'void' })] }, KEPT],
    [
      'a void first invoice never counts',
      { invoices: [aBill({ status: 'void', billingReason: 'subscription_create' })] },
      { granted: false, reason: 'invoice_void' },
    ],
    ['forgiven by a person keeps', { invoices: [EARLIER, writtenOff('user_forgiven')] }, KEPT],
    ['of a paused subscription keeps', { invoices: [EARLIER, writtenOff('subscription_paused')] }, KEPT],
    [
      'written off after failed attempts denies',
      { invoices: [EARLIER, writtenOff('retries_exhausted')] },
      { granted: false, reason: 'written_off' },
    ],
    [
      'written off without a reason denies',
      { invoices: [EARLIER, writtenOff(null)] },
      { granted: false, reason: 'written_off' },
    ],
    [
      'a first invoice that was forgiven never counts',
      {
        invoices: [
          aBill({
            status: 'uncollectible',
            billingReason: 'subscription_create',
            uncollectibleReason: 'user_forgiven',
          }),
        ],
      },
      { granted: false },
    ],
  ])('%s', (_, input, expected) => {
    expect(decide(input)).toMatchObject(expected);
  });
});

describe('paused collection', () => {
  const paused = { collectionPaused: true };
  const behaviours: [string, BilledInvoice][] = [
    ['void', aBill({ status: 'void' })],
    ['mark_uncollectible', writtenOff('subscription_paused')],
    ['keep_as_draft', aBill({ status: 'draft', autoAdvance: false })],
  ];

  it.each(behaviours)('with %s gives the period away by default', (_, invoice) => {
    expect(decide({ subscription: paused, invoices: [EARLIER, invoice] })).toMatchObject(KEPT);
  });

  it.each(behaviours)('with %s gives nothing where PAUSED_COLLECTION is deny', (_, invoice) => {
    const input = {
      subscription: paused,
      invoices: [EARLIER, invoice],
      policy: { pausedCollection: 'deny' as const },
    };

    expect(decide(input)).toMatchObject({ granted: false, reason: 'collection_paused' });
  });

  it('never takes a period that was paid', () => {
    const input = {
      subscription: paused,
      invoices: [aBill()],
      policy: { pausedCollection: 'deny' as const },
    };

    expect(decide(input)).toMatchObject({ granted: true, reason: 'paid' });
  });
});

describe('grace', () => {
  const pastDue = { status: 'past_due' as const };
  const later = unpaid({ id: 'in_2', createdAt: NOW, finalizedAt: NOW });

  it('is only for those who have paid: a trial whose card fails at its end has none', () => {
    const trial = aBill({
      billingReason: 'subscription_create',
      totalMinor: 0,
      amountDueMinor: 0,
      id: 'in_0',
    });

    expect(decide({ subscription: pastDue, invoices: [trial, unpaid()] })).toMatchObject({
      granted: false,
      reason: 'payment_failed',
      nextAction: 'update_payment_method',
    });
  });

  it('runs from the finalisation of the oldest unpaid invoice', () => {
    const invoices = [EARLIER, later, unpaid()];

    expect(decide({ subscription: pastDue, invoices })).toMatchObject({
      granted: true,
      reason: 'payment_failed_grace',
      until: after(PERIOD_START, 3_600_000 + POLICY.pastDueGraceMs),
    });
  });

  it('counts a payment by credit, and no invoice over nothing', () => {
    const byCredit = { ...EARLIER, amountDueMinor: 0 };
    const free = { ...EARLIER, totalMinor: 0, amountDueMinor: 0 };

    expect(decide({ subscription: pastDue, invoices: [byCredit, unpaid()] }).granted).toBe(true);
    expect(decide({ subscription: pastDue, invoices: [free, unpaid()] }).granted).toBe(false);
  });
});

describe('invoices that are sent', () => {
  const sent = {
    collectionMethod: 'send_invoice',
    status: 'open',
    dueAt: after(PERIOD_START, 20 * DAY),
  } as const;

  it.each<Row>([
    [
      'keep access until the due date',
      { invoices: [EARLIER, aBill(sent)] },
      { granted: true, until: after(PERIOD_START, 20 * DAY) },
    ],
    [
      'end it at the due date',
      { invoices: [EARLIER, aBill(sent)], at: after(PERIOD_START, 20 * DAY) },
      { granted: false, reason: 'renewal_overdue' },
    ],
    [
      'never give any while nothing was ever paid',
      { invoices: [aBill({ ...sent, billingReason: 'subscription_create' })] },
      { granted: false, state: 'pending' },
    ],
    [
      'give none in the second period when the first was never paid',
      {
        invoices: [
          { ...EARLIER, ...sent, dueAt: after(BEFORE.start, 20 * DAY) },
          aBill({ ...sent, id: 'in_1' }),
        ],
      },
      { granted: false, state: 'pending', nextAction: 'complete_payment' },
    ],
    [
      'count by the earliest of several due dates',
      {
        invoices: [
          EARLIER,
          aBill(sent),
          aBill({
            ...sent,
            id: 'in_2',
            billingReason: 'manual',
            periods: [],
            dueAt: after(PERIOD_START, 12 * DAY),
          }),
        ],
      },
      { granted: true, until: after(PERIOD_START, 12 * DAY) },
    ],
    [
      'get no grace after the due date',
      {
        subscription: { status: 'past_due' },
        invoices: [EARLIER, aBill(sent)],
        at: after(PERIOD_START, 21 * DAY),
      },
      { granted: false, reason: 'payment_failed' },
    ],
  ])('%s', (_, input, expected) => {
    expect(decide(input)).toMatchObject(expected);
  });
});

describe('the end of a trial', () => {
  const trialEnd = NOW;
  const leewayEnd = after(trialEnd, TRIAL_LEEWAY_MS);

  it.each<[string, Case]>([
    ['Stripe has not been heard', { subscription: { status: 'trialing', trialEnd } }],
    [
      'the first charge is due',
      {
        invoices: [
          unpaid({ createdAt: trialEnd, periods: [{ start: trialEnd, end: PERIOD_END, proration: false }] }),
        ],
      },
    ],
  ])('has a short leeway with a sync while %s', (_, input) => {
    expect(decide({ ...input, at: after(leewayEnd, -1) })).toMatchObject({
      granted: true,
      until: leewayEnd,
      stale: true,
    });
    expect(decide({ ...input, at: leewayEnd })).toMatchObject({ granted: false, stale: true });
  });
});

describe('an invoice behind a pending update', () => {
  const update = unpaid({ id: 'in_2', billingReason: 'subscription_update', createdAt: NOW });

  it('decides nothing while it is unpaid, and nothing when it is void', () => {
    for (const status of ['open', 'void', 'uncollectible'] as const) {
      const access = decide({
        subscription: { pendingUpdate: true },
        invoices: [aBill(), { ...update, status }],
        at: after(NOW, 5 * DAY),
      });

      expect(access).toMatchObject({ granted: true, reason: 'paid', until: PERIOD_END });
    }
  });
});

describe('money that was taken back', () => {
  const refunded = { refunds: [{ invoiceId: 'in_1', full: true }] };
  const planChange = aBill({
    id: 'in_2',
    billingReason: 'subscription_update',
    createdAt: after(PERIOD_START, 5 * DAY),
    periods: [{ start: after(PERIOD_START, 5 * DAY), end: PERIOD_END, proration: true }],
  });

  it.each<Row>([
    [
      'a full refund revokes its period although another invoice is the latest',
      {
        subscription: { latestInvoice: anInvoice({ id: 'in_2', billingReason: 'subscription_update' }) },
        invoices: [aBill(), planChange],
        facts: refunded,
      },
      { granted: false, state: 'revoked', reason: 'refunded', nextAction: 'subscribe' },
    ],
    [
      'a full refund of a plan change revokes the rest of its period',
      { invoices: [aBill(), planChange], facts: { refunds: [{ invoiceId: 'in_2', full: true }] } },
      { granted: false, reason: 'refunded' },
    ],
    [
      'a refund of the period before takes nothing',
      { invoices: [EARLIER, aBill()], facts: { refunds: [{ invoiceId: 'in_0', full: true }] } },
      { granted: true, reason: 'paid' },
    ],
    [
      'a partial refund keeps',
      { invoices: [aBill()], facts: { refunds: [{ invoiceId: 'in_1', full: false }] } },
      { granted: true, reason: 'paid' },
    ],
    [
      'a refund that ended the subscription is still the reason',
      { subscription: { status: 'canceled', endedAt: NOW }, invoices: [aBill()], facts: refunded },
      { granted: false, state: 'revoked', reason: 'refunded', nextAction: 'subscribe' },
    ],
    [
      'a refund that failed gives back the time, although it has ended the subscription',
      {
        subscription: { status: 'canceled', endedAt: NOW },
        invoices: [aBill()],
        facts: { refunds: [{ invoiceId: 'in_1', full: false, failed: true }] },
      },
      { granted: true, state: 'canceling', reason: 'refund_failed', until: PERIOD_END },
    ],
    [
      'after the refunded period it is just over',
      {
        subscription: { status: 'canceled', endedAt: NOW },
        invoices: [aBill()],
        facts: refunded,
        at: PERIOD_END,
      },
      { state: 'expired', reason: 'canceled' },
    ],
    [
      'an open dispute is for support to settle',
      { invoices: [aBill()], facts: { disputes: [{ invoiceId: 'in_1', status: 'open' }] } },
      { state: 'revoked', reason: 'disputed', nextAction: 'contact_support' },
    ],
    [
      'a lost dispute leaves a new purchase',
      { invoices: [aBill()], facts: { disputes: [{ invoiceId: 'in_1', status: 'lost' }] } },
      { state: 'revoked', reason: 'disputed', nextAction: 'subscribe' },
    ],
    [
      'a paid period ends where a revoked one begins',
      {
        invoices: [aBill(), planChange],
        facts: { refunds: [{ invoiceId: 'in_2', full: true }] },
        at: after(PERIOD_START, DAY),
      },
      { granted: true, until: after(PERIOD_START, 5 * DAY) },
    ],
  ])('%s', (_, input, expected) => {
    expect(decide(input)).toMatchObject(expected);
  });

  it.each(['inquiry', 'prevented', 'won'] as const)('a dispute that is %s revokes nothing', (status) => {
    const disputes = [{ invoiceId: 'in_1', status }];

    expect(decide({ invoices: [aBill()], facts: { disputes } })).toMatchObject({ granted: true });
  });

  it('never takes what another subscription gives', () => {
    const subscriptions = [
      aSubscription({ id: 'sub_1', status: 'canceled', latestInvoice: null }),
      aSubscription({ id: 'sub_2', latestInvoice: null }),
    ];
    const invoices = [aBill(), aBill({ id: 'in_new', subscriptionId: 'sub_2' })];

    expect(decide({ invoices, facts: { subscriptions, ...refunded } })).toMatchObject({
      granted: true,
      subscriptionId: 'sub_2',
    });
  });
});

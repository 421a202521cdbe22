import {
  aSubscription,
  after,
  anInvoice,
  factsOf,
  PERIOD_END,
  PERIOD_START,
  POLICY,
} from '../../../../../test/factories/subscription.factory';
import { SUBSCRIPTION_STATUSES, type InvoiceFacts, type SubscriptionStatus } from '../../domain/subscription';
import type { Access, AccessReason, AccessState } from './access';
import { deriveAccess } from './derive-access';
import { TRIAL_LEEWAY_MS } from './unsettled-period';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const LEEWAY = POLICY.renewalLeewayMs;
const GRACE_START = after(PERIOD_START, HOUR);
const GRACE_END = after(GRACE_START, POLICY.pastDueGraceMs);
const TRIAL_END = after(PERIOD_START, 7 * DAY);
const TRIAL_OVER = after(TRIAL_END, TRIAL_LEEWAY_MS);

const INVOICES = {
  none: null,
  paid: anInvoice(),
  'first paid': anInvoice({ billingReason: 'subscription_create' }),
  'renewal draft': anInvoice({ status: 'draft' }),
  'renewal open': anInvoice({ status: 'open' }),
  'plan change open': anInvoice({ status: 'open', billingReason: 'subscription_update' }),
  'plan change void': anInvoice({ status: 'void', billingReason: 'subscription_update' }),
  'zero draft': anInvoice({ status: 'draft', amountDueMinor: 0 }),
  'first draft': anInvoice({ status: 'draft', billingReason: 'subscription_create' }),
  'first open': anInvoice({ status: 'open', billingReason: 'subscription_create' }),
  'first zero open': anInvoice({ status: 'open', billingReason: 'subscription_create', amountDueMinor: 0 }),
  void: anInvoice({ status: 'void' }),
  uncollectible: anInvoice({ status: 'uncollectible' }),
  'of unknown status': anInvoice({ status: 'unknown' }),
} satisfies Record<string, InvoiceFacts | null>;
type InvoiceCase = keyof typeof INVOICES;

/** When access ends if nothing cancels it; `never` was there. This table is the specification, written apart from the code. */
const ENDS: Record<SubscriptionStatus, Date | 'never' | Record<InvoiceCase, Date | 'never'>> = {
  incomplete: 'never',
  incomplete_expired: 'never',
  unpaid: 'never',
  canceled: 'never',
  paused: 'never',
  unknown: 'never',
  trialing: TRIAL_OVER,
  past_due: {
    none: 'never',
    paid: GRACE_END,
    'first paid': GRACE_END,
    'renewal draft': GRACE_END,
    'renewal open': GRACE_END,
    'plan change open': GRACE_END,
    'plan change void': GRACE_END,
    'zero draft': GRACE_END,
    'first draft': 'never',
    'first open': 'never',
    'first zero open': 'never',
    void: GRACE_END,
    uncollectible: GRACE_END,
    'of unknown status': GRACE_END,
  },
  active: {
    none: after(PERIOD_END, LEEWAY),
    paid: after(PERIOD_END, LEEWAY),
    'first paid': after(PERIOD_END, LEEWAY),
    'zero draft': after(PERIOD_END, LEEWAY),
    'first zero open': after(PERIOD_END, LEEWAY),
    'renewal draft': after(PERIOD_START, LEEWAY),
    'renewal open': after(PERIOD_START, LEEWAY),
    'plan change open': after(PERIOD_END, LEEWAY),
    'plan change void': after(PERIOD_END, LEEWAY),
    'first draft': 'never',
    'first open': 'never',
    void: after(PERIOD_END, LEEWAY),
    uncollectible: 'never',
    'of unknown status': 'never',
  },
};

const CANCEL_AT = {
  never: null,
  'within the leeway of the start': after(PERIOD_START, 2 * DAY),
  'at the end of the trial': TRIAL_END,
  'in the middle of the period': after(PERIOD_START, 15 * DAY),
  'at the period end': PERIOD_END,
  'after the period end': after(PERIOD_END, 30 * DAY),
};

/** Around every instant at which an answer may change. */
const BOUNDARIES = [
  PERIOD_START,
  after(PERIOD_START, LEEWAY),
  TRIAL_END,
  TRIAL_OVER,
  GRACE_END,
  PERIOD_END,
  after(PERIOD_END, LEEWAY),
  after(PERIOD_END, 30 * DAY),
  ...Object.values(CANCEL_AT).filter((date) => date !== null),
];
const TIMES = BOUNDARIES.flatMap((at) => [after(at, -1), at, after(at, 1)]);

const rows = SUBSCRIPTION_STATUSES.flatMap((status) =>
  (Object.keys(INVOICES) as InvoiceCase[]).flatMap((invoice) =>
    Object.entries(CANCEL_AT).map(([cancelName, cancelAt]) => ({ status, invoice, cancelName, cancelAt })),
  ),
);

function expectedEnd(
  status: SubscriptionStatus,
  invoice: InvoiceCase,
  cancelAt: Date | null,
): Date | 'never' {
  const entry = ENDS[status];
  const end = entry === 'never' || entry instanceof Date ? entry : entry[invoice];
  if (end === 'never' || cancelAt === null) return end;
  return cancelAt < end ? cancelAt : end;
}

describe('deriveAccess: truth table', () => {
  it.each(rows)('$status, invoice $invoice, cancelled $cancelName', ({ status, invoice, cancelAt }) => {
    const subscription = aSubscription({
      status,
      latestInvoice: INVOICES[invoice],
      cancelAt,
      trialEnd: status === 'trialing' ? TRIAL_END : null,
      pastDueSince: status === 'past_due' ? GRACE_START : null,
    });
    const end = expectedEnd(status, invoice, cancelAt);

    for (const now of TIMES) {
      const access = deriveAccess(factsOf({ subscriptions: [subscription] }), POLICY, now);

      expect({ now, granted: access.granted }).toEqual({ now, granted: end !== 'never' && now < end });
      // Every grant is time-bounded, and never beyond what the table says.
      if (access.granted && end !== 'never') {
        expect(access.until).not.toBeNull();
        expect(access.until?.getTime()).toBeLessThanOrEqual(end.getTime());
        expect(access.until?.getTime()).toBeGreaterThan(now.getTime());
      }
    }
  });
});

const NOW = after(PERIOD_START, 10 * DAY);
type Told = Pick<Access, 'state' | 'reason' | 'until' | 'nextAction' | 'stale'>;

function tell(overrides: Parameters<typeof aSubscription>[0], now = NOW): Told {
  const { state, reason, until, nextAction, stale } = deriveAccess(
    factsOf({ subscriptions: [aSubscription(overrides)] }),
    POLICY,
    now,
  );
  return { state, reason, until, nextAction, stale };
}

describe('deriveAccess: what it says', () => {
  const cancelAt = PERIOD_END;
  const cases: [string, Parameters<typeof aSubscription>[0], Partial<Told>][] = [
    ['paid', {}, { state: 'active', reason: 'paid', until: PERIOD_END, nextAction: 'none' }],
    [
      'trialing',
      { status: 'trialing', trialEnd: PERIOD_END },
      { state: 'trialing', reason: 'trial', until: PERIOD_END },
    ],
    [
      'canceling',
      { cancelAt },
      { state: 'canceling', reason: 'canceled_at_period_end', until: PERIOD_END, nextAction: 'resume' },
    ],
    [
      'canceling after the paid period',
      { cancelAt: after(PERIOD_END, DAY) },
      { state: 'canceling', reason: 'paid', until: PERIOD_END, nextAction: 'resume' },
    ],
    [
      'past due',
      { status: 'past_due', pastDueSince: after(PERIOD_START, HOUR) },
      {
        state: 'past_due',
        reason: 'payment_failed_grace',
        until: GRACE_END,
        nextAction: 'update_payment_method',
      },
    ],
    [
      'past due without a known start',
      { status: 'past_due' },
      { state: 'past_due', until: after(PERIOD_START, POLICY.pastDueGraceMs) },
    ],
    [
      'incomplete',
      { status: 'incomplete' },
      { state: 'pending', reason: 'payment_pending', nextAction: 'complete_payment' },
    ],
    [
      'first payment under way',
      { latestInvoice: anInvoice({ status: 'open', billingReason: 'subscription_create' }) },
      { state: 'pending', reason: 'payment_pending', nextAction: 'wait' },
    ],
    [
      'unpaid',
      { status: 'unpaid' },
      { state: 'expired', reason: 'unpaid', nextAction: 'update_payment_method' },
    ],
    ['paused', { status: 'paused' }, { state: 'expired', reason: 'paused', nextAction: 'subscribe' }],
    [
      'canceled',
      { status: 'canceled', endedAt: PERIOD_START },
      { state: 'expired', reason: 'canceled', until: PERIOD_START, nextAction: 'subscribe' },
    ],
    ['never completed', { status: 'incomplete_expired' }, { state: 'expired', reason: 'payment_failed' }],
    [
      'unknown',
      { status: 'unknown' },
      { state: 'expired', reason: 'unknown_status', nextAction: 'contact_support' },
    ],
    [
      'voided on purpose',
      { latestInvoice: anInvoice({ status: 'void' }) },
      { state: 'active', reason: 'free_period', until: PERIOD_END },
    ],
    [
      'written off',
      { latestInvoice: anInvoice({ status: 'uncollectible' }) },
      { state: 'expired', reason: 'written_off', nextAction: 'contact_support' },
    ],
  ];

  it.each(cases)('%s', (_, overrides, expected) => {
    expect(tell(overrides)).toMatchObject(expected);
  });

  it('asks for a sync when a renewal is overdue, before and after the leeway', () => {
    expect(tell({}, after(PERIOD_END, 1))).toMatchObject({ reason: 'renewal_in_progress', stale: true });
    expect(tell({}, after(PERIOD_END, LEEWAY))).toMatchObject({
      state: 'expired',
      reason: 'renewal_overdue',
      stale: true,
    });
  });

  it('asks for a sync when a scheduled end has passed and Stripe has not been heard', () => {
    expect(tell({ cancelAt }, cancelAt)).toMatchObject({
      state: 'expired',
      reason: 'canceled',
      until: cancelAt,
      stale: true,
    });
  });

  it.each([
    [false, 'checkout_open'],
    [true, 'checkout_declined'],
  ])('names the last decline of an open payment link: %s is %s', (declined, reason) => {
    const openCheckout = { customerId: 'cus_1', expiresAt: PERIOD_END, declined };

    expect(deriveAccess(factsOf({ openCheckout }), POLICY, NOW)).toMatchObject({
      granted: false,
      state: 'pending',
      reason,
      nextAction: 'complete_payment',
    });
  });

  it.each([
    [['sub_1'], 'trial_card_used'],
    [['sub_other'], 'canceled'],
  ])('says why a trial was ended: refused %s is %s', (refusedTrials, reason) => {
    const subscriptions = [aSubscription({ id: 'sub_1', status: 'canceled', endedAt: PERIOD_START })];

    expect(deriveAccess(factsOf({ subscriptions, refusedTrials }), POLICY, NOW)).toMatchObject({
      granted: false,
      reason,
      nextAction: 'subscribe',
    });
  });

  it('does not ask for a sync while the facts are fresh', () => {
    expect(tell({}).stale).toBe(false);
  });

  it('says none without any subscription', () => {
    expect(deriveAccess(factsOf(), POLICY, NOW)).toMatchObject({
      granted: false,
      state: 'none',
      nextAction: 'subscribe',
    });
  });
});

describe('deriveAccess: several subscriptions', () => {
  const ended = aSubscription({ id: 'sub_old', status: 'canceled', endedAt: PERIOD_START });

  it('keeps what a new subscription gives when an old one ended', () => {
    const access = deriveAccess(
      factsOf({ subscriptions: [ended, aSubscription({ id: 'sub_new' })] }),
      POLICY,
      NOW,
    );

    expect(access).toMatchObject({ granted: true, subscriptionId: 'sub_new' });
  });

  it('takes the later end of two that grant', () => {
    const longer = aSubscription({ id: 'sub_yearly', currentPeriodEnd: after(PERIOD_END, 300 * DAY) });
    const access = deriveAccess(factsOf({ subscriptions: [longer, aSubscription()] }), POLICY, NOW);

    expect(access.subscriptionId).toBe('sub_yearly');
  });

  it('prefers the denial a person can act on', () => {
    const pending = aSubscription({ id: 'sub_new', status: 'incomplete' });
    const access = deriveAccess(factsOf({ subscriptions: [ended, pending] }), POLICY, NOW);

    expect(access.state).toBe<AccessState>('pending');
  });

  it('says when the last of several ended', () => {
    const later = aSubscription({ id: 'sub_later', status: 'canceled', endedAt: after(PERIOD_START, DAY) });
    const access = deriveAccess(factsOf({ subscriptions: [ended, later] }), POLICY, NOW);

    expect(access.until).toEqual(after(PERIOD_START, DAY));
  });
});

describe('deriveAccess: refunds, disputes and grants', () => {
  const subscriptions = [aSubscription()];
  const decide = (facts: Parameters<typeof factsOf>[0], policy = POLICY) =>
    deriveAccess(factsOf({ subscriptions, ...facts }), policy, NOW);

  it.each<[string, Parameters<typeof factsOf>[0], boolean, AccessReason]>([
    ['a full refund of the period', { refunds: [{ invoiceId: 'in_1', full: true }] }, false, 'refunded'],
    ['a partial refund', { refunds: [{ invoiceId: 'in_1', full: false }] }, true, 'paid'],
    ['a full refund of an older period', { refunds: [{ invoiceId: 'in_0', full: true }] }, true, 'paid'],
    ['an open dispute', { disputes: [{ invoiceId: 'in_1', status: 'open' }] }, false, 'disputed'],
    ['a won dispute', { disputes: [{ invoiceId: 'in_1', status: 'won' }] }, true, 'paid'],
    ['a lost dispute', { disputes: [{ invoiceId: 'in_1', status: 'lost' }] }, false, 'disputed'],
  ])('%s', (_, facts, granted, reason) => {
    expect(decide(facts)).toMatchObject({ granted, reason, ...(granted ? {} : { state: 'revoked' }) });
  });

  it('keeps access during a dispute when the policy says so, but not after losing it', () => {
    const keep = { ...POLICY, disputes: 'keep' as const };

    expect(decide({ disputes: [{ invoiceId: 'in_1', status: 'open' }] }, keep).granted).toBe(true);
    expect(decide({ disputes: [{ invoiceId: 'in_1', status: 'lost' }] }, keep).granted).toBe(false);
  });

  it('revokes in grace too when the invoice was taken back', () => {
    const pastDue = aSubscription({ status: 'past_due', pastDueSince: PERIOD_START });
    const facts = factsOf({ subscriptions: [pastDue], disputes: [{ invoiceId: 'in_1', status: 'lost' }] });

    expect(deriveAccess(facts, POLICY, NOW).granted).toBe(false);
  });

  it.each([
    ['without an end', null, NOW, true],
    ['before its end', PERIOD_END, after(PERIOD_END, -1), true],
    ['at its end', PERIOD_END, PERIOD_END, false],
    ['before its start', PERIOD_END, after(PERIOD_START, -1), false],
  ])('a complimentary grant %s', (_, endsAt, now, granted) => {
    const facts = factsOf({ grants: [{ id: 'grant_1', startsAt: PERIOD_START, endsAt }] });

    expect(deriveAccess(facts, POLICY, now).granted).toBe(granted);
  });

  it('lets a grant outlive a refund', () => {
    const facts = {
      refunds: [{ invoiceId: 'in_1', full: true }],
      grants: [{ id: 'grant_1', startsAt: PERIOD_START, endsAt: null }],
    };

    expect(decide(facts)).toMatchObject({ granted: true, reason: 'complimentary', until: null });
  });
});

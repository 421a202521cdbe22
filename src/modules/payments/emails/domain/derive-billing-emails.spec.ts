import {
  aSubscription,
  after,
  anInvoice,
  PERIOD_END,
  PERIOD_START,
} from '../../../../../test/factories/subscription.factory';
import { SUBSCRIPTION_STATUSES } from '../../domain/subscription';
import type { Access } from '../../access/domain/access';
import { NO_ACCESS } from '../../access/domain/derive-access';
import type { BillingEmail } from './billing-email';
import {
  deriveBillingEmails,
  keyOfRenewal,
  keyOfTrialEnd,
  RENEWAL_NOTICE_DAYS,
  TRIAL_NOTICE_DAYS,
  NEWS_DAYS,
  type BillingFacts,
  type EmailedInvoice,
  type EmailedSubscription,
} from './derive-billing-emails';

const DAY = 86_400_000;
const OPEN = anInvoice({ status: 'open' });
const ACCESS: Access = { ...NO_ACCESS, granted: true, state: 'active', reason: 'paid', until: PERIOD_END };
const GRACE: Access = { ...ACCESS, state: 'past_due', reason: 'payment_failed_grace' };
const CANCELING: Access = { ...ACCESS, state: 'canceling', reason: 'canceled_at_period_end' };
const ENDED: Access = { ...ACCESS, granted: false, state: 'expired', reason: 'canceled' };

const emailed = (overrides: Partial<EmailedSubscription> = {}): EmailedSubscription => ({
  ...aSubscription(),
  plan: 'monthly',
  price: { amountMinor: 999, currency: 'usd' },
  ...overrides,
});

const derive = (facts: Partial<BillingFacts>): BillingEmail[] =>
  deriveBillingEmails({
    subscriptions: [],
    invoices: [],
    refunds: [],
    access: ACCESS,
    transition: undefined,
    now: after(PERIOD_START, DAY),
    ...facts,
  });

const kinds = (facts: Partial<BillingFacts>): string[] => derive(facts).map(({ kind }) => kind);

describe('deriveBillingEmails', () => {
  it('sends nothing about a paid subscription in the middle of its period', () => {
    expect(derive({ subscriptions: [emailed()] })).toEqual([]);
  });

  it('reports a failed renewal once per invoice, with the end of grace', () => {
    const subscriptions = [emailed({ status: 'past_due', latestInvoice: OPEN })];

    expect(derive({ subscriptions, access: GRACE })).toEqual([
      { kind: 'payment_failed', key: 'payment_failed:in_1', accessUntil: PERIOD_END },
    ]);
    expect(derive({ subscriptions, access: NO_ACCESS })).toMatchObject([{ accessUntil: null }]);
  });

  it.each([
    [
      'a first payment, which fails on the payment page',
      anInvoice({ status: 'open', billingReason: 'subscription_create' }),
    ],
    ['an invoice that was paid meanwhile', anInvoice()],
    ['no invoice', null],
  ])('reports no failed renewal for %s', (_, latestInvoice) => {
    expect(kinds({ subscriptions: [emailed({ status: 'past_due', latestInvoice })] })).toEqual([]);
  });

  describe.each([
    [
      'trial_ending',
      TRIAL_NOTICE_DAYS,
      keyOfTrialEnd,
      (at: Date) => emailed({ status: 'trialing', trialEnd: at }),
    ],
    [
      'renewal_ahead',
      RENEWAL_NOTICE_DAYS,
      keyOfRenewal,
      (at: Date) => emailed({ plan: 'yearly', currentPeriodEnd: at }),
    ],
  ] as const)('%s', (kind, days, keyOf, subscriptionUntil) => {
    const now = PERIOD_START;

    it.each([
      [1, [kind]],
      [days * DAY, [kind]],
      [days * DAY + 1, []],
      [0, []],
      [-DAY, []],
    ])(`is due %d ms ahead of the date: %j`, (ms, expected) => {
      expect(kinds({ subscriptions: [subscriptionUntil(after(now, ms))], now })).toEqual(expected);
    });

    it('names the date and the price, under a key that changes with the date', () => {
      const at = after(now, DAY);
      const [email] = derive({ subscriptions: [subscriptionUntil(at)], now });

      expect(email).toMatchObject({
        at,
        price: { amountMinor: 999, currency: 'usd' },
        key: keyOf('sub_1', at),
      });
      expect(keyOf('sub_1', at)).not.toBe(keyOf('sub_1', after(at, 1)));
    });

    it('is not sent once the subscription is canceled', () => {
      const at = after(now, DAY);
      expect(kinds({ subscriptions: [{ ...subscriptionUntil(at), cancelAt: at }], now })).toEqual([]);
    });

    it.each(SUBSCRIPTION_STATUSES.filter((status) => status !== subscriptionUntil(now).status))(
      'is not sent for a subscription that is %s',
      (status) => {
        const subscription = {
          ...subscriptionUntil(after(now, DAY)),
          status,
          trialEnd: null,
          plan: 'monthly' as const,
        };
        expect(kinds({ subscriptions: [subscription], now })).not.toContain(kind);
      },
    );
  });

  const invoice = (overrides: Partial<EmailedInvoice> = {}): EmailedInvoice => ({
    id: 'in_1',
    number: 'CC-1',
    status: 'paid',
    currency: 'usd',
    paidMinor: 999,
    dueMinor: 0,
    paidAt: PERIOD_START,
    period: { start: PERIOD_START, end: PERIOD_END },
    card: 'visa ending in 4242',
    failureCode: null,
    ...overrides,
  });

  it.each([
    ['a paid invoice', {}, ['receipt']],
    ['an invoice over nothing', { paidMinor: 0 }, []],
    ['an open invoice', { status: 'open', paidAt: null }, []],
    ['an invoice that was paid long ago', { paidAt: after(PERIOD_START, (1 - NEWS_DAYS) * DAY) }, []],
  ])('sends a receipt for %s only when it is due: %j', (_, overrides, expected) => {
    expect(kinds({ invoices: [invoice(overrides)] })).toEqual(expected);
  });

  it.each([
    ['succeeded', 0, ['refund']],
    ['pending', 0, []],
    ['failed', 0, []],
    ['succeeded', NEWS_DAYS, []],
  ])('reports a refund that is %s after %d days: %j', (status, days, expected) => {
    const createdAt = after(PERIOD_START, (1 - days) * DAY);
    const refund = {
      id: 're_1',
      status,
      refundedMinor: 999,
      full: true,
      createdAt,
      currency: 'usd',
      invoiceNumber: null,
    };
    expect(kinds({ refunds: [refund] })).toEqual(expected);
  });

  it('asks for a confirmation instead of another card when the bank wants one', () => {
    const subscriptions = [emailed({ status: 'past_due', latestInvoice: OPEN })];
    const invoices = [invoice({ status: 'open', dueMinor: 999, failureCode: 'authentication_required' })];

    expect(derive({ subscriptions, invoices, access: GRACE })).toEqual([
      {
        kind: 'action_required',
        key: 'action_required:in_1',
        due: { amountMinor: 999, currency: 'usd' },
        accessUntil: PERIOD_END,
      },
    ]);
  });

  it('announces no renewal of a monthly plan', () => {
    expect(kinds({ subscriptions: [emailed({ currentPeriodEnd: after(PERIOD_START, 2 * DAY) })] })).toEqual(
      [],
    );
  });

  it.each([
    ['a cancellation', ACCESS, CANCELING, ['cancellation_confirmed']],
    ['the end of access', CANCELING, ENDED, ['access_ended']],
    ['an immediate end', ACCESS, ENDED, ['access_ended']],
    ['a purchase', NO_ACCESS, ACCESS, []],
    ['a resume', CANCELING, ACCESS, []],
    ['a change of a denial', NO_ACCESS, ENDED, []],
    ['the begin of grace', ACCESS, GRACE, []],
  ])('sends what %s calls for', (_, from, to, expected) => {
    expect(kinds({ transition: { id: '7', from, to } })).toEqual(expected);
  });

  it('confirms a second cancellation of the same period again', () => {
    const keys = ['7', '9'].map((id) => derive({ transition: { id, from: ACCESS, to: CANCELING } })[0]?.key);
    expect(keys).toEqual(['cancellation_confirmed:7', 'cancellation_confirmed:9']);
  });
});

import type { BillingState } from 'src/modules/payments/domain/billing-state';
import type { UnpaidInvoice } from 'src/modules/payments/domain/invoice-view';
import { decideCancel } from './decide-cancel';

const START = new Date('2026-03-01T10:00:00Z');
const END = new Date('2026-04-01T10:00:00Z');
const NEXT = new Date('2026-05-01T10:00:00Z');

const aState = (overrides: Partial<BillingState> = {}): BillingState => ({
  id: 'sub_1',
  customerId: 'cus_1',
  status: 'active',
  currentPeriodStart: START,
  currentPeriodEnd: END,
  cancelAt: null,
  cancelAtPeriodEnd: false,
  canceledAt: null,
  scheduleId: null,
  itemId: 'si_1',
  priceId: 'price_1',
  paysLater: false,
  hasPendingUpdate: false,
  ...overrides,
});

const anUnpaid = (overrides: Partial<UnpaidInvoice> = {}): UnpaidInvoice => ({
  id: 'in_1',
  number: null,
  status: 'open',
  billingReason: 'subscription_cycle',
  subscriptionId: 'sub_1',
  currency: 'usd',
  totalMinor: 999,
  paidMinor: 0,
  dueMinor: 999,
  createdAt: START,
  dueDate: null,
  hostedUrl: null,
  pdfUrl: null,
  periods: [{ start: START, end: END }],
  progress: 'failed',
  ...overrides,
});

const later = { periods: [{ start: END, end: NEXT }] };
const proration = { billingReason: 'subscription_update', periods: [] };

describe('decideCancel', () => {
  it.each(['trialing', 'active', 'past_due'] as const)(
    'keeps the paid time of a subscription that is %s',
    (status) => {
      expect(decideCancel(aState({ status }), [], 'period_end')).toEqual({
        kind: 'at_period_end',
        charges: 'none',
        voids: [],
        setsEnd: true,
      });
    },
  );

  it.each(['unpaid', 'paused', 'incomplete'] as const)('ends a subscription that is %s now', (status) => {
    expect(decideCancel(aState({ status }), [], 'period_end')).toEqual({ kind: 'end_now', charges: 'none' });
  });

  it.each(['canceled', 'incomplete_expired'] as const)('leaves a subscription that is %s alone', (status) => {
    expect(decideCancel(aState({ status }), [anUnpaid()], 'now')).toEqual({
      kind: 'unchanged',
      charges: 'none',
    });
  });

  it.each(['open', 'draft'] as const)(
    'ends it now when an %s invoice of the current period is unpaid',
    (status) => {
      expect(decideCancel(aState(), [anUnpaid({ status })], 'period_end').kind).toBe('end_now');
    },
  );

  it.each([
    [
      'a plan change that waits for its payment',
      { hasPendingUpdate: true },
      { ...later, billingReason: 'subscription_update' },
    ],
    [
      'a plan change over the new period',
      { hasPendingUpdate: true },
      { billingReason: 'subscription_update' },
    ],
    ['a proration', {}, proration],
    ['another period', {}, later],
  ])('voids %s and keeps the paid time', (_, state, invoice) => {
    expect(decideCancel(aState(state), [anUnpaid(invoice)], 'period_end')).toMatchObject({
      kind: 'at_period_end',
      charges: 'none',
      voids: ['in_1'],
    });
  });

  it('does not count an invoice without an amount', () => {
    expect(decideCancel(aState(), [anUnpaid({ dueMinor: 0 })], 'period_end').kind).toBe('at_period_end');
  });

  it.each(['period_end', 'now'] as const)('waits for a payment on its way, wanted for %s', (when) => {
    const plan = decideCancel(aState(), [anUnpaid({ progress: 'processing' })], when);

    expect(plan).toEqual({
      kind: 'at_period_end',
      charges: 'payment_in_processing',
      voids: [],
      setsEnd: true,
    });
  });

  it('changes nothing when the end is set already', () => {
    expect(decideCancel(aState({ cancelAt: END }), [], 'period_end')).toEqual({
      kind: 'unchanged',
      charges: 'none',
    });
  });

  it('brings an end in a later period forward', () => {
    expect(decideCancel(aState({ cancelAt: NEXT }), [], 'period_end')).toMatchObject({ setsEnd: true });
  });

  it('voids an unpaid plan change although the end is set already', () => {
    expect(decideCancel(aState({ cancelAt: END }), [anUnpaid(proration)], 'period_end')).toMatchObject({
      kind: 'at_period_end',
      setsEnd: false,
      voids: ['in_1'],
    });
  });

  it('ends paid time at once when that is what the student wants', () => {
    expect(decideCancel(aState({ cancelAt: END }), [], 'now').kind).toBe('end_now');
  });
});

import type Stripe from 'stripe';
import { toInvoiceSnapshot } from './stripe-invoice.mapper';

const AT = 1_772_359_200;
const date = (seconds: number) => new Date(seconds * 1000);

const line = (overrides: object = {}) => ({
  id: 'il_1',
  amount: 999,
  discount_amounts: [{ amount: 99, discount: 'di_1' }],
  period: { start: AT, end: AT + 2_678_400 },
  pricing: { price_details: { price: 'price_monthly', product: 'prod_premium' } },
  parent: {
    subscription_item_details: { subscription: 'sub_1', subscription_item: 'si_1', proration: false },
    invoice_item_details: null,
  },
  ...overrides,
});

const payment = (overrides: object = {}) => ({
  id: 'inpay_1',
  status: 'paid',
  amount_paid: 900,
  amount_requested: 900,
  created: AT,
  payment: { type: 'payment_intent', payment_intent: 'pi_1' },
  status_transitions: { paid_at: AT + 9, canceled_at: null },
  ...overrides,
});

const invoice = (overrides: object = {}): Stripe.Invoice =>
  ({
    id: 'in_1',
    number: 'A-0001',
    status: 'paid',
    billing_reason: 'subscription_cycle',
    currency: 'usd',
    subtotal: 999,
    total: 900,
    total_discount_amounts: [{ amount: 99 }],
    total_taxes: null,
    amount_due: 900,
    amount_paid: 900,
    amount_remaining: 0,
    pre_payment_credit_notes_amount: 1,
    post_payment_credit_notes_amount: 2,
    period_start: AT - 5,
    period_end: AT,
    created: AT,
    due_date: null,
    attempt_count: 1,
    next_payment_attempt: null,
    collection_method: 'charge_automatically',
    auto_advance: true,
    status_transitions: { finalized_at: AT + 3, paid_at: AT + 9 },
    parent: { subscription_details: { subscription: 'sub_1' } },
    lines: { data: [line()] },
    payments: { data: [payment()] },
    ...overrides,
  }) as unknown as Stripe.Invoice;

const charge = (overrides: object = {}): Stripe.Charge =>
  ({
    id: 'ch_1',
    status: 'succeeded',
    payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
    balance_transaction: { fee: 59 },
    failure_code: null,
    amount_refunded: 0,
    disputed: false,
    ...overrides,
  }) as unknown as Stripe.Charge;

describe('toInvoiceSnapshot', () => {
  it('reads state, amounts and times', () => {
    expect(toInvoiceSnapshot(invoice(), () => [charge()])).toMatchObject({
      subscriptionId: 'sub_1',
      status: 'paid',
      discountMinor: 99,
      taxMinor: 0,
      creditedMinor: 3,
      finalizedAt: date(AT + 3),
      paidAt: date(AT + 9),
      dueAt: null,
      uncollectibleReason: null,
    });
  });

  it.each([
    [
      'of a subscription item',
      {},
      { priceId: 'price_monthly', subscriptionItemId: 'si_1', proration: false },
    ],
    [
      'of a plan change',
      { parent: { subscription_item_details: null, invoice_item_details: { proration: true } } },
      { subscriptionItemId: null, proration: true },
    ],
    ['without price and parent', { pricing: null, parent: null }, { priceId: null, proration: false }],
  ])('reads a line %s', (_, overrides, expected) => {
    const snapshot = toInvoiceSnapshot(invoice({ lines: { data: [line(overrides)] } }), () => []);

    expect(snapshot.lines).toMatchObject([{ discountMinor: 99, periodStart: date(AT), ...expected }]);
  });

  it('reads the card, the fee and what was returned from the charge that succeeded', () => {
    const declined = charge({ id: 'ch_0', status: 'failed', failure_code: 'card_declined' });
    const paid = charge({ amount_refunded: 400, disputed: true });

    expect(toInvoiceSnapshot(invoice(), () => [declined, paid]).payments).toMatchObject([
      {
        chargeId: 'ch_1',
        cardBrand: 'visa',
        cardLast4: '4242',
        feeMinor: 59,
        refundedMinor: 400,
        disputed: true,
      },
    ]);
  });

  it('names the decline of the last attempt while nothing has succeeded', () => {
    const open = payment({ status: 'open', amount_paid: null, status_transitions: { paid_at: null } });
    const attempts = [
      charge({ id: 'ch_2', status: 'failed', failure_code: 'expired_card' }),
      charge({ id: 'ch_1', status: 'failed', failure_code: 'card_declined' }),
    ];
    const snapshot = toInvoiceSnapshot(invoice({ payments: { data: [open] } }), () => attempts);

    expect(snapshot.payments).toMatchObject([
      { chargeId: 'ch_2', failureCode: 'expired_card', amountMinor: 900, paidAt: null },
    ]);
  });

  it.each([
    ['no charge yet', []],
    ['a fee that was not expanded', [charge({ balance_transaction: 'txn_1' })]],
    ['a debit that is still under way', [charge({ balance_transaction: null })]],
  ])('knows no fee with %s', (_, charges) => {
    expect(toInvoiceSnapshot(invoice(), () => charges).payments).toMatchObject([{ feeMinor: null }]);
  });

  it('says why an invoice was written off', () => {
    const writtenOff = invoice({
      status: 'uncollectible',
      status_details: { uncollectible: { reason: 'subscription_paused' } },
    });

    expect(toInvoiceSnapshot(writtenOff, () => []).uncollectibleReason).toBe('subscription_paused');
  });

  it('maps a status that Stripe may add later to unknown', () => {
    expect(toInvoiceSnapshot(invoice({ status: 'mystery' }), () => []).status).toBe('unknown');
  });

  it('refuses an invoice whose payments were not expanded: unread is not "unpaid"', () => {
    expect(() => toInvoiceSnapshot(invoice({ payments: undefined }), () => [])).toThrow('not expanded');
  });
});

import type Stripe from 'stripe';
import { toSubscriptionSnapshot } from './stripe-subscription.mapper';

const START = 1_772_359_200;
const END = 1_775_037_600;

const item = (overrides: object = {}) => ({
  id: 'si_1',
  price: { id: 'price_monthly', product: 'prod_premium' },
  current_period_start: START,
  current_period_end: END,
  ...overrides,
});

const invoice = (overrides: object = {}) => ({
  id: 'in_1',
  status: 'paid',
  amount_due: 999,
  billing_reason: 'subscription_create',
  created: START,
  status_transitions: { finalized_at: null },
  ...overrides,
});

const subscription = (overrides: object = {}): Stripe.Subscription =>
  ({
    id: 'sub_1',
    status: 'active',
    created: START,
    trial_end: null,
    cancel_at: null,
    cancel_at_period_end: false,
    ended_at: null,
    pause_collection: null,
    pending_update: null,
    items: { data: [item()] },
    latest_invoice: invoice(),
    ...overrides,
  }) as unknown as Stripe.Subscription;

describe('toSubscriptionSnapshot', () => {
  it('reads the period from the items, the latest end of several', () => {
    const items = { data: [item(), item({ id: 'si_2', current_period_end: END + 10 })] };

    expect(toSubscriptionSnapshot(subscription({ items })).currentPeriodEnd).toEqual(
      new Date((END + 10) * 1000),
    );
  });

  it('takes the product whether it is expanded or not', () => {
    const expanded = { data: [item({ price: { id: 'price_x', product: { id: 'prod_x' } } })] };

    expect(toSubscriptionSnapshot(subscription({ items: expanded })).items).toMatchObject([
      { productId: 'prod_x' },
    ]);
    expect(toSubscriptionSnapshot(subscription()).items).toMatchObject([{ productId: 'prod_premium' }]);
  });

  it.each([
    ['by date, as the portal does', { cancel_at: START + 5 }, START + 5, false],
    ['by flag alone', { cancel_at_period_end: true }, END, true],
    ['by flag and date', { cancel_at_period_end: true, cancel_at: END }, END, true],
  ])('sees a cancellation scheduled %s', (_, overrides, at, flag) => {
    const snapshot = toSubscriptionSnapshot(subscription(overrides));

    expect(snapshot.cancelAt).toEqual(new Date(at * 1000));
    expect(snapshot.cancelAtPeriodEnd).toBe(flag);
  });

  it('maps a status and an invoice status that Stripe may add later to unknown', () => {
    const snapshot = toSubscriptionSnapshot(
      subscription({ status: 'hibernating', latest_invoice: invoice({ status: 'mystery' }) }),
    );

    expect([snapshot.status, snapshot.latestInvoice?.status]).toEqual(['unknown', 'unknown']);
  });

  it('refuses an invoice that was not expanded: unread is not "nothing owed"', () => {
    expect(() => toSubscriptionSnapshot(subscription({ latest_invoice: 'in_1' }))).toThrow('not expanded');
    expect(toSubscriptionSnapshot(subscription({ latest_invoice: null })).latestInvoice).toBeNull();
  });

  it('refuses a subscription without items', () => {
    expect(() => toSubscriptionSnapshot(subscription({ items: { data: [] } }))).toThrow('no items');
  });
});

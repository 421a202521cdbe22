import type Stripe from 'stripe';
import { Bench } from '../support/harness';

const DAY = 86_400;

describe('the terms of a subscription', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const customerWith = async (method = 'pm_card_visa') =>
    bench.stripe.customers.create({
      payment_method: method,
      invoice_settings: { default_payment_method: method },
    });
  const create = async (params: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    bench.stripe.subscriptions.create({
      customer: (await customerWith()).id,
      items: [{ price: 'price_premium_monthly' }],
      expand: ['latest_invoice'],
      ...params,
    });
  const itemOf = ({ items }: Stripe.Subscription) => items.data[0] as Stripe.SubscriptionItem;
  const current = (id: string) => bench.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });

  it('charge the share until a custom anchor, or nothing', async () => {
    const start = Date.UTC(2027, 5, 1) / 1000;
    const clock = await bench.stripe.testHelpers.testClocks.create({ frozen_time: start });
    const { id } = await bench.stripe.customers.create({
      test_clock: clock.id,
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const anchor = start + 15 * DAY;
    const shared = await create({ customer: id, billing_cycle_anchor: anchor });
    expect(itemOf(shared)).toMatchObject({ current_period_start: start, current_period_end: anchor });
    // Fifteen days of the 31 from 16 May to 16 June.
    expect(shared).toMatchObject({ latest_invoice: { amount_paid: Math.floor((999 * 15) / 31) } });
    const free = await create({ customer: id, billing_cycle_anchor: anchor, proration_behavior: 'none' });
    expect(free).toMatchObject({ status: 'active', latest_invoice: { amount_due: 0 } });
    await expect(create({ customer: id, billing_cycle_anchor: anchor + 90 * DAY })).rejects.toMatchObject({
      param: 'billing_cycle_anchor',
    });
    await bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: anchor + DAY });
    await bench.inbox.waitFor('test_helpers.test_clock.ready');
    for (const subscription of [shared, free]) {
      expect(await current(subscription.id)).toMatchObject({ latest_invoice: { amount_paid: 999 } });
    }
  });

  it('save the payment method that paid when asked to', async () => {
    const customer = await bench.stripe.customers.create();
    const subscription = await create({
      customer: customer.id,
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
    });
    expect(subscription).toMatchObject({ status: 'incomplete', default_payment_method: null });
    const invoice = subscription.latest_invoice as Stripe.Invoice;
    await bench.stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_mastercard' });
    const paid = await bench.stripe.subscriptions.retrieve(subscription.id, {
      expand: ['default_payment_method'],
    });
    expect(paid).toMatchObject({
      status: 'active',
      default_payment_method: { card: { brand: 'mastercard' } },
    });
  });

  it('send invoices with a due date instead of charging', async () => {
    const sent = await create({ collection_method: 'send_invoice', days_until_due: 14 });
    const invoice = sent.latest_invoice as Stripe.Invoice;
    expect(sent).toMatchObject({ status: 'active', days_until_due: 14 });
    expect(invoice.due_date).toBe(invoice.created + 14 * DAY);
    const changed = await bench.stripe.subscriptions.update(sent.id, {
      collection_method: 'charge_automatically',
    });
    expect(changed.collection_method).toBe('charge_automatically');
    const { data } = await bench.stripe.subscriptions.list({ collection_method: 'send_invoice' });
    expect(data).toHaveLength(0);
  });

  it('move the end of a trial, with its notice and the first charge', async () => {
    const { id, trial_end } = await create({ trial_period_days: 10 });
    const later = (trial_end ?? 0) + 10 * DAY;
    expect(await bench.stripe.subscriptions.update(id, { trial_end: later })).toMatchObject({
      status: 'trialing',
      trial_end: later,
      billing_cycle_anchor: later,
    });
    await bench.advanceDays(11);
    expect((await current(id)).status).toBe('trialing');
    expect(bench.inbox.types).not.toContain('customer.subscription.trial_will_end');
    await bench.advanceDays(7);
    await bench.inbox.waitFor('customer.subscription.trial_will_end');
    await bench.advanceDays(3);
    expect(await current(id)).toMatchObject({ status: 'active', latest_invoice: { amount_paid: 999 } });
    await expect(bench.stripe.subscriptions.update(id, { trial_end: later * 2 })).rejects.toMatchObject({
      param: 'trial_end',
    });
  });

  it('emit invoice.upcoming a week before, without an id, only for real renewals', async () => {
    const staying = await create();
    const leaving = await create({ cancel_at_period_end: true });
    await bench.advanceDays(25);
    const { event } = await bench.inbox.waitFor('invoice.upcoming');
    const upcoming = event.data.object as Stripe.Invoice;
    expect(upcoming).toMatchObject({ amount_due: 999, status: 'draft', billing_reason: 'upcoming' });
    expect(upcoming).not.toHaveProperty('id');
    expect(upcoming.parent?.subscription_details?.subscription).toBe(staying.id);
    expect(leaving.cancel_at).not.toBeNull();
    const events = await bench.stripe.events.list({ type: 'invoice.upcoming' });
    expect(events.data).toHaveLength(1);
  });

  it('can be changed item by item', async () => {
    const { id } = await create();
    const cheap = await bench.stripe.prices.create({
      currency: 'usd',
      unit_amount: 100,
      recurring: { interval: 'month' },
      product: 'prod_premium',
    });
    const added = await bench.stripe.subscriptionItems.create({ subscription: id, price: cheap.id });
    expect(added).toMatchObject({ object: 'subscription_item', subscription: id, price: { id: cheap.id } });
    const more = await bench.stripe.subscriptionItems.update(added.id, { quantity: 3 });
    expect(more).toMatchObject({ id: added.id, quantity: 3 });
    expect((await bench.stripe.subscriptionItems.list({ subscription: id })).data).toHaveLength(2);
    expect((await bench.stripe.subscriptionItems.retrieve(added.id)).quantity).toBe(3);
    expect(await bench.stripe.subscriptionItems.del(added.id, { proration_behavior: 'none' })).toMatchObject({
      deleted: true,
    });
    await expect(bench.stripe.subscriptionItems.retrieve(added.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
  });
});

import type Stripe from 'stripe';
import { DAY, HOUR, itemOf, latestOf, Scene } from './support/scene';
import { TEST_TIMEOUT_MS } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

describe('a change of plan', () => {
  let scene: Scene;
  let subscription: Stripe.Subscription;
  beforeEach(async () => {
    scene = await Scene.open();
    subscription = await scene.subscribe();
    // Exactly half of the period is left: half of 10.00 comes back, half of 20.00 is charged.
    const { current_period_start: start, current_period_end: end } = itemOf(subscription);
    await scene.advanceTo(start + (end - start) / 2);
  });
  afterEach(() => scene.close());

  const changeTo = (price: Stripe.Price, params: Stripe.SubscriptionUpdateParams = {}) =>
    scene.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription).id, price: price.id }],
      expand: ['latest_invoice'],
      ...params,
    });

  it('puts both halves on the next invoice, to the cent', async () => {
    const changed = await changeTo(scene.prices.plus);
    expect(itemOf(changed)).toMatchObject({
      id: itemOf(subscription).id,
      price: { id: scene.prices.plus.id },
      current_period_end: itemOf(subscription).current_period_end,
    });
    const items = await scene.stripe.invoiceItems.list({ customer: subscription.customer as string });
    expect(items.data.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-500, 1000]);
    expect(items.data.every(({ proration }) => proration)).toBe(true);
    await scene.advanceTo(itemOf(subscription).current_period_end + 2 * HOUR);
    expect(latestOf(await scene.current(subscription.id))).toMatchObject({
      status: 'paid',
      amount_paid: 2000 + 1000 - 500,
    });
  });

  it('is invoiced at once with always_invoice, exactly as previewed', async () => {
    const details = { proration_behavior: 'always_invoice' } as const;
    const preview = await scene.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: {
        ...details,
        items: [{ id: itemOf(subscription).id, price: scene.prices.plus.id }],
      },
    });
    const changed = await changeTo(scene.prices.plus, details);
    expect(preview.total).toBe(500);
    expect(latestOf(changed)).toMatchObject({
      billing_reason: 'subscription_update',
      status: 'paid',
      amount_paid: 500,
    });
  });

  it('to a cheaper one leaves credit, which the next invoice uses', async () => {
    const up = await changeTo(scene.prices.plus, { proration_behavior: 'none' });
    await scene.advanceTo(itemOf(up).current_period_end + 2 * HOUR);
    const renewed = await scene.current(subscription.id);
    const { current_period_start: start, current_period_end: end } = itemOf(renewed);
    expect(latestOf(renewed).amount_paid).toBe(2000);
    await scene.advanceTo(start + 15 * DAY);
    const down = await changeTo(scene.prices.basic, { proration_behavior: 'always_invoice' });
    const left = (end - (start + 15 * DAY)) / (end - start);
    // Stripe rounds each line down: the charge, and the credit, which is negative.
    const credit = Math.floor(1000 * left) + Math.floor(-2000 * left);
    expect(latestOf(down)).toMatchObject({ total: credit, amount_due: 0, status: 'paid' });
    const customer = await scene.stripe.customers.retrieve(subscription.customer as string);
    expect(customer).toMatchObject({ balance: credit });
    await scene.advanceTo(end + 2 * HOUR);
    expect(latestOf(await scene.current(subscription.id))).toMatchObject({
      total: 1000,
      amount_paid: 1000 + credit,
    });
  });

  it('charges nothing extra with none', async () => {
    await changeTo(scene.prices.plus, { proration_behavior: 'none' });
    const { data } = await scene.stripe.invoiceItems.list({ customer: subscription.customer as string });
    expect(data).toEqual([]);
    await scene.advanceTo(itemOf(subscription).current_period_end + 2 * HOUR);
    expect(latestOf(await scene.current(subscription.id)).amount_paid).toBe(2000);
  });

  it('from a month to a year begins a new period now, and credits the rest of the month', async () => {
    const changed = await changeTo(scene.prices.yearly);
    const item = itemOf(changed);
    expect(changed.billing_cycle_anchor).toBe(item.current_period_start);
    expect(item.current_period_end - item.current_period_start).toBeGreaterThanOrEqual(365 * DAY);
    expect(latestOf(changed)).toMatchObject({ status: 'paid', amount_paid: 10_000 - 500 });
  });

  it('is not made when its payment fails with error_if_incomplete', async () => {
    const failing = await scene.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: subscription.customer as string,
    });
    await scene.stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
    const refused = changeTo(scene.prices.yearly, { payment_behavior: 'error_if_incomplete' });
    await expect(refused).rejects.toMatchObject({ type: 'StripeCardError' });
    expect(itemOf(await scene.current(subscription.id)).price.id).toBe(scene.prices.basic.id);
  });
});

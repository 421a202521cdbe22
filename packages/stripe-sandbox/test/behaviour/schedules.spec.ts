import { Bench } from '../support/harness';

describe('subscription schedules', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  /** A subscription whose plan changes at the end of its period. */
  const changeAtEnd = async (price: string) => {
    const subscription = await bench.subscribe();
    const schedule = await bench.stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    const [phase] = schedule.phases;
    await bench.stripe.subscriptionSchedules.update(schedule.id, {
      phases: [
        {
          items: [{ price: 'price_premium_monthly', quantity: 1 }],
          start_date: phase?.start_date ?? 0,
          end_date: phase?.end_date ?? 0,
        },
        { items: [{ price, quantity: 1 }], duration: { interval: 'year', interval_count: 1 } },
      ],
    });
    return { schedule: schedule.id, id: subscription.id, end: phase?.end_date ?? 0 };
  };
  const amounts = async (subscription: string) => {
    const { data } = await bench.stripe.invoices.list({ subscription, limit: 100 });
    return data.map((invoice) => invoice.amount_paid).reverse();
  };

  it('change the plan at the period end, without a proration', async () => {
    const cheaper = await bench.stripe.prices.create({
      currency: 'usd',
      unit_amount: 499,
      recurring: { interval: 'month' },
      product: 'prod_premium',
    });
    const { id, schedule } = await changeAtEnd(cheaper.id);
    const before = await bench.stripe.subscriptions.retrieve(id);
    expect(before).toMatchObject({ schedule, items: { data: [{ price: { id: 'price_premium_monthly' } }] } });
    await bench.advanceDays(32);
    const after = await bench.stripe.subscriptions.retrieve(id);
    expect(after.items.data[0]).toMatchObject({ id: before.items.data[0]?.id, price: { id: cheaper.id } });
    expect(await amounts(id)).toEqual([999, 499]);
  });

  it('change a month to a year at the period end', async () => {
    const { id, end, schedule } = await changeAtEnd('price_premium_yearly');
    await bench.advanceDays(32);
    expect(await amounts(id)).toEqual([999, 9599]);
    expect((await bench.stripe.subscriptions.retrieve(id)).items.data[0]?.current_period_start).toBe(end);
    await bench.advanceDays(366);
    expect((await bench.stripe.subscriptionSchedules.retrieve(schedule)).status).toBe('completed');
    expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active', schedule: null });
  });

  it('leave the subscription alone when released', async () => {
    const { id, schedule } = await changeAtEnd('price_premium_yearly');
    expect(await bench.stripe.subscriptionSchedules.release(schedule)).toMatchObject({
      status: 'released',
      released_subscription: id,
    });
    await bench.advanceDays(32);
    expect(await amounts(id)).toEqual([999, 999]);
    await expect(bench.stripe.subscriptionSchedules.release(schedule)).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it('start later and cancel their subscription at the end', async () => {
    const customer = await bench.stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const start = Math.floor(Date.now() / 1000) + 5 * 86_400;
    const schedule = await bench.stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: start,
      end_behavior: 'cancel',
      phases: [
        { items: [{ price: 'price_premium_monthly' }], duration: { interval: 'month', interval_count: 2 } },
      ],
    });
    expect(schedule).toMatchObject({ status: 'not_started', subscription: null });
    await bench.advanceDays(6);
    const [subscription] = (await bench.stripe.subscriptions.list({ customer: customer.id })).data;
    expect(subscription).toMatchObject({ status: 'active', start_date: start });
    await bench.advanceDays(63);
    expect(await amounts(subscription?.id ?? '')).toEqual([999, 999]);
    expect((await bench.stripe.subscriptions.retrieve(subscription?.id ?? '')).status).toBe('canceled');
    await bench.inbox.waitFor('subscription_schedule.expiring');
  });
});

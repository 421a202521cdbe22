import { Bench } from '../support/harness';

describe('limits and references', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.close());

  const many = (count: number, key = 'key', value = 'x') =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${key}${i}`, value]));

  it.each([
    ['51 keys', many(51), 'at most 50 metadata keys'],
    ['a key of 41 characters', { [`k${'x'.repeat(40)}`]: 'v' }, 'Metadata keys can have up to 40 characters'],
    ['a value of 501 characters', { key: 'x'.repeat(501) }, 'Metadata values can have up to 500 characters'],
  ])('refuse metadata with %s', async (_name, metadata, message) => {
    await expect(bench.stripe.customers.create({ metadata })).rejects.toThrow(message);
    await bench.stripe.customers.create({ metadata: many(50, 'k'.repeat(38), 'v'.repeat(500)) });
  });

  it('refuse unknown currencies, long intervals and large amounts of prices', async () => {
    const price = { product: 'prod_premium', currency: 'usd', unit_amount: 100 };
    const refused = (params: object) => bench.stripe.prices.create({ ...price, ...params });
    await expect(refused({ currency: 'abc' })).rejects.toMatchObject({ param: 'currency' });
    await expect(refused({ recurring: { interval: 'month', interval_count: 37 } })).rejects.toMatchObject({
      param: 'recurring[interval_count]',
    });
    await expect(refused({ unit_amount: 100_000_000 })).rejects.toMatchObject({ code: 'amount_too_large' });
    await refused({ recurring: { interval: 'year', interval_count: 3 } });
  });

  it('keep a product with prices, and the default price of a product', async () => {
    await expect(bench.stripe.products.del('prod_premium')).rejects.toThrow('user-created prices');
    const product = await bench.stripe.products.create({
      name: 'Book',
      default_price_data: { currency: 'usd', unit_amount: 700 },
    });
    await expect(
      bench.stripe.prices.update(product.default_price as string, { active: false }),
    ).rejects.toMatchObject({ param: 'active' });
    const empty = await bench.stripe.products.create({ name: 'Empty' });
    expect((await bench.stripe.products.del(empty.id)).deleted).toBe(true);
  });

  it('are named in the words of Stripe', async () => {
    await expect(bench.stripe.customers.list({ starting_after: 'cus_aaa' })).rejects.toMatchObject({
      message: "No such customer: 'cus_aaa'",
      param: 'starting_after',
    });
    await expect(bench.stripe.paymentIntents.retrieve('pi_nope')).rejects.toMatchObject({
      statusCode: 404,
      param: 'intent',
    });
    await expect(bench.stripe.subscriptions.list({ status: 'bogus' as 'active' })).rejects.toThrow(
      'paused, trialing, or unpaid',
    );
    const { latest_charge } = await bench.stripe.paymentIntents.create({
      amount: 4000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    await expect(
      bench.stripe.refunds.create({ charge: latest_charge as string, amount: 5000 }),
    ).rejects.toThrow('Refund amount ($50.00) is greater than unrefunded amount on charge ($40.00)');
  });
});

describe('states', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.close());

  it('collect a card for a trial that starts without one', async () => {
    const customer = await bench.stripe.customers.create();
    const trial = await bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      trial_period_days: 7,
    });
    await expect(bench.stripe.subscriptions.update(trial.id, { trial_end: 'now' })).rejects.toMatchObject({
      code: 'resource_missing',
    });
    const intent = trial.pending_setup_intent as string;
    await bench.stripe.setupIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    const ready = await bench.stripe.subscriptions.retrieve(trial.id);
    expect(ready.pending_setup_intent).toBeNull();
    expect(ready.default_payment_method).not.toBeNull();
    expect(await bench.stripe.subscriptions.update(trial.id, { trial_end: 'now' })).toMatchObject({
      status: 'active',
    });
  });

  it('decline an off-session payment that needs authentication', async () => {
    await expect(
      bench.stripe.paymentIntents.create({
        amount: 1000,
        currency: 'usd',
        payment_method: 'pm_card_authenticationRequired',
        confirm: true,
        off_session: true,
      }),
    ).rejects.toMatchObject({ statusCode: 402, code: 'authentication_required' });
  });

  it('count no attempt while the customer still has to authenticate', async () => {
    const subscription = await bench.subscribe('pm_card_authenticationRequired');
    expect(subscription.status).toBe('incomplete');
    const invoice = await bench.stripe.invoices.retrieve(subscription.latest_invoice as string);
    expect(invoice.attempt_count).toBe(0);
  });

  it('open no portal flow that has nothing to do', async () => {
    const { id, customer, items } = await bench.subscribe();
    const item = items.data[0]?.id ?? '';
    const open = (flow_data: object) =>
      bench.stripe.billingPortal.sessions.create({
        customer: customer as string,
        flow_data: flow_data as never,
      });
    const confirm = (change: object) => ({
      type: 'subscription_update_confirm',
      subscription_update_confirm: { subscription: id, items: [change] },
    });
    await expect(open(confirm({ id: item, price: 'price_premium_monthly' }))).rejects.toThrow(
      'There are no changes to confirm',
    );
    await expect(open(confirm({ id: 'si_none', price: 'price_premium_yearly' }))).rejects.toThrow(
      "No such subscription_item: 'si_none'",
    );
    await bench.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await expect(
      open({ type: 'subscription_cancel', subscription_cancel: { subscription: id } }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });
});

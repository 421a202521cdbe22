import { Bench } from '../support/harness';

describe('what a copy of a whole account asks for', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.close());

  it('has the recurring prices as plans', async () => {
    const { data } = await bench.stripe.plans.list();
    expect(data.map(({ id, amount, interval }) => [id, amount, interval])).toEqual([
      ['price_premium_yearly', 9599, 'year'],
      ['price_premium_monthly', 999, 'month'],
    ]);
    expect(await bench.stripe.plans.list({ active: false })).toMatchObject({ data: [] });
    expect(await bench.stripe.plans.retrieve('price_premium_monthly')).toMatchObject({
      object: 'plan',
      product: 'prod_premium',
    });
    await expect(bench.stripe.plans.retrieve('plan_nope')).rejects.toMatchObject({ statusCode: 404 });
    await expect(
      bench.stripe.plans.create({ currency: 'usd', interval: 'month', product: 'prod_premium' }),
    ).rejects.toThrow('The sandbox does not support');
  });

  it.each(['tax_ids', 'tax_rates', 'entitlements/features'])('has no %s, and creates none', async (path) => {
    const call = (method: string, tail = '') =>
      fetch(`${bench.sandbox.url}/v1/${path}${tail}`, {
        method,
        headers: { authorization: 'Bearer sk_test_copy' },
      });
    const list = await call('GET', '?limit=100');
    expect(await list.json()).toEqual({ object: 'list', data: [], has_more: false, url: `/v1/${path}` });
    expect((await call('GET', '/any_1')).status).toBe(404);
    const refused = await call('POST');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: { message: `The sandbox does not support POST /v1/${path} (see its README).` },
    });
  });
});

describe('a saved payment method', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.close());

  it('stops paying for a subscription when the subscription unsets it', async () => {
    const { id } = await bench.subscribe();
    expect((await bench.stripe.subscriptions.retrieve(id)).default_payment_method).not.toBeNull();
    const changed = await bench.stripe.subscriptions.update(id, { default_payment_method: '' });
    expect(changed.default_payment_method).toBeNull();
  });

  it('is refused for another customer, and without its customer', async () => {
    const [ada, eve] = [await bench.stripe.customers.create(), await bench.stripe.customers.create()];
    const { id: payment_method } = await bench.stripe.paymentMethods.attach('pm_card_visa', {
      customer: ada.id,
    });
    for (const owner of [{}, { customer: eve.id }]) {
      await expect(bench.stripe.setupIntents.create({ payment_method, ...owner })).rejects.toMatchObject({
        param: 'payment_method',
      });
    }
    expect(await bench.stripe.setupIntents.create({ payment_method, customer: ada.id })).toMatchObject({
      status: 'requires_confirmation',
    });
  });
});

import type Stripe from 'stripe';
import { Bench } from '../support/harness';

describe('parameters', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.close());

  it('that are unknown are refused, nested ones too', async () => {
    const misspelled = { emial: 'a@example.com' } as Stripe.CustomerCreateParams;
    await expect(bench.stripe.customers.create(misspelled)).rejects.toMatchObject({
      statusCode: 400,
      code: 'parameter_unknown',
      param: 'emial',
      message: expect.stringContaining('Received unknown parameter: emial'),
    });
    await expect(
      bench.openCheckout({
        line_items: [{ prize: 'x' } as Stripe.Checkout.SessionCreateParams.LineItem],
      }),
    ).rejects.toMatchObject({ code: 'parameter_unknown', param: 'line_items[0][prize]' });
    await expect(bench.stripe.prices.list({ lookup: 'x' } as Stripe.PriceListParams)).rejects.toMatchObject({
      param: 'lookup',
    });
    await expect(
      bench.stripe.customers.retrieve('cus_x', { full: true } as Stripe.CustomerRetrieveParams),
    ).rejects.toMatchObject({ param: 'full' });
  });

  it('that were removed before the current version count as unknown', async () => {
    const removed = { payment_method_types: ['card'] } as Partial<Stripe.Checkout.SessionCreateParams>;
    await expect(bench.openCheckout(removed)).rejects.toMatchObject({
      code: 'parameter_unknown',
      param: 'payment_method_types',
    });
  });

  it('change nothing and free the idempotency key when they are refused', async () => {
    const options = { idempotencyKey: 'op_refused' };
    const before = (await bench.stripe.products.list({ limit: 100 })).data.length;
    const wrong = { name: 'New', colour: 'red' } as Stripe.ProductCreateParams;
    await expect(bench.stripe.products.create(wrong, options)).rejects.toMatchObject({ param: 'colour' });
    expect((await bench.stripe.products.list({ limit: 100 })).data).toHaveLength(before);
    expect((await bench.stripe.products.create({ name: 'New' }, options)).name).toBe('New');
  });

  it('that the sandbox does not support are refused by name', async () => {
    await expect(bench.openCheckout({ automatic_tax: { enabled: true } })).rejects.toMatchObject({
      statusCode: 400,
      param: 'automatic_tax[enabled]',
      message: expect.stringContaining('The sandbox does not support automatic_tax[enabled]'),
    });
    const session = await bench.openCheckout({ automatic_tax: { enabled: false }, ui_mode: 'hosted_page' });
    expect(session.status).toBe('open');
  });

  it('are not held against callers that declare no version, or an older one', async () => {
    expect(await bench.undeclared('customers', { emial: 'a', email: 'old@example.com' })).toMatchObject({
      object: 'customer',
      email: 'old@example.com',
    });
    const old = await bench.stripe.customers.create({ emial: 'a' } as Stripe.CustomerCreateParams, {
      apiVersion: '2024-04-10',
    });
    expect(old.object).toBe('customer');
  });

  it('that are stored are returned', async () => {
    const address = { city: 'Graz', country: 'AT', line1: 'Ring 1', postal_code: '8010' };
    const customer = await bench.stripe.customers.create({
      balance: -500,
      preferred_locales: ['de'],
      shipping: { name: 'Ada', address },
      invoice_prefix: 'ADA1',
      invoice_settings: { footer: 'Thank you' },
    });
    expect(customer).toMatchObject({
      balance: -500,
      preferred_locales: ['de'],
      shipping: { name: 'Ada', address: { city: 'Graz' } },
      invoice_prefix: 'ADA1',
      invoice_settings: { footer: 'Thank you' },
    });
    const product = await bench.stripe.products.create({
      name: 'Book',
      unit_label: 'copy',
      marketing_features: [{ name: 'Paper' }],
      default_price_data: { currency: 'usd', unit_amount: 700, recurring: { interval: 'month' } },
    });
    const price = await bench.stripe.prices.retrieve(product.default_price as string);
    expect(product).toMatchObject({ unit_label: 'copy', marketing_features: [{ name: 'Paper' }] });
    expect(price).toMatchObject({ unit_amount: 700, recurring: { interval: 'month' } });
    const method = await bench.stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa' },
      metadata: { from: 'test' },
      allow_redisplay: 'always',
    });
    const later = await bench.stripe.paymentMethods.update(method.id, {
      card: { exp_month: 3, exp_year: 2041 },
    });
    expect(later).toMatchObject({
      metadata: { from: 'test' },
      allow_redisplay: 'always',
      card: { exp_month: 3, exp_year: 2041 },
    });
    await expect(bench.stripe.customers.create({ test_clock: 'clock_none' })).rejects.toMatchObject({
      param: 'test_clock',
    });
  });
});

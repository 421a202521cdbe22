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
    const items = [{ price: 'price_premium_monthly', quantity: 1, tax_rates: ['txr_1'] }];
    await expect(bench.openCheckout({ line_items: items })).rejects.toMatchObject({
      statusCode: 400,
      param: 'line_items[0][tax_rates]',
      message: expect.stringContaining('The sandbox does not support line_items[0][tax_rates]'),
    });
    const session = await bench.openCheckout({ ui_mode: 'hosted_page' });
    expect(session.status).toBe('open');
  });

  it.each([undefined, '2023-10-16', '2025-03-31.basil'])(
    'that are unknown or unsupported are refused for version %s too',
    async (apiVersion) => {
      const options = apiVersion === undefined ? {} : { apiVersion };
      const misspelled = { emial: 'a' } as Stripe.CustomerCreateParams;
      await expect(bench.stripe.customers.create(misspelled, options)).rejects.toMatchObject({
        code: 'parameter_unknown',
        param: 'emial',
      });
      const money = {
        customer: 'cus_x',
        items: [{ price: 'price_premium_monthly' }],
        backdate_start_date: 1_700_000_000,
      };
      await expect(bench.stripe.subscriptions.create(money, options)).rejects.toMatchObject({
        param: 'backdate_start_date',
      });
    },
  );

  it('of older versions work for callers that declare one of these, or none', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 10, duration: 'forever' });
    expect(await bench.undeclared('customers', { coupon: coupon.id })).toMatchObject({
      discount: { source: { coupon: coupon.id } },
    });
    const session = await bench.openCheckout();
    expect(session.status).toBe('open');
    expect(await bench.undeclared('customers', { emial: 'a' })).toMatchObject({
      error: { code: 'parameter_unknown' },
    });
  });

  it('of a version that Stripe never had are refused with the version', async () => {
    await expect(bench.stripe.customers.list({}, { apiVersion: 'not-a-real-version' })).rejects.toMatchObject(
      { statusCode: 400, message: 'Invalid Stripe API version: not-a-real-version' },
    );
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

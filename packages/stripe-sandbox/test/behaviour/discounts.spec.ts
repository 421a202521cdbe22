import type Stripe from 'stripe';
import { Bench, GOOD_CARD } from '../support/harness';

describe('coupons and promotion codes', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const subscribeWith = async (discounts: Stripe.SubscriptionCreateParams.Discount[]) => {
    const customer = await bench.stripe.customers.create({ payment_method: 'pm_card_visa' });
    const methods = await bench.stripe.paymentMethods.list({ customer: customer.id });
    return bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      default_payment_method: methods.data[0]?.id ?? '',
      discounts,
    });
  };
  const paid = async (subscription: string) => {
    const list = await bench.stripe.invoices.list({ subscription, limit: 100 });
    return list.data.map((invoice) => invoice.amount_paid).reverse();
  };

  it.each([
    ['once', {}, [500, 999, 999, 999]],
    ['repeating', { duration_in_months: 2 }, [500, 500, 999, 999]],
    ['forever', {}, [500, 500, 500, 500]],
  ] as const)('takes half off %s', async (duration, extra, expected) => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 50, duration, ...extra });
    const { id } = await subscribeWith([{ coupon: coupon.id }]);
    await bench.advanceDays(93);
    // 50 % of 9.99 is 5.00 rounded, which leaves 4.99.
    expect(await paid(id)).toEqual(expected.map((amount) => (amount === 500 ? 499 : amount)));
  });

  it('shows the discount in the current API shape and reduces the first invoice', async () => {
    const coupon = await bench.stripe.coupons.create({
      amount_off: 300,
      currency: 'usd',
      duration: 'forever',
    });
    const { id } = await subscribeWith([{ coupon: coupon.id }]);
    const subscription = await bench.stripe.subscriptions.retrieve(id, {
      expand: ['discounts.source.coupon', 'latest_invoice'],
    });
    const [discount] = subscription.discounts as Stripe.Discount[];
    expect(discount).toMatchObject({
      object: 'discount',
      subscription: id,
      end: null,
      source: { type: 'coupon', coupon: { id: coupon.id, amount_off: 300, times_redeemed: 1 } },
    });
    expect(subscription.latest_invoice).toMatchObject({
      subtotal: 999,
      total: 699,
      amount_paid: 699,
      discounts: [discount?.id],
      total_discount_amounts: [{ amount: 300, discount: discount?.id }],
      lines: { data: [{ amount: 999, discount_amounts: [{ amount: 300 }] }] },
    });
    await bench.inbox.waitFor('customer.discount.created');
  });

  it('starts a free subscription without a payment', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 100, duration: 'forever' });
    const { id, status } = await subscribeWith([{ coupon: coupon.id }]);
    expect(status).toBe('active');
    expect(await paid(id)).toEqual([0]);
  });

  it('ends when removed, and keeps its terms when the coupon is deleted', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 10, duration: 'forever' });
    const { id } = await subscribeWith([{ coupon: coupon.id }]);
    await bench.stripe.coupons.del(coupon.id);
    await bench.advanceDays(31);
    expect(await bench.stripe.subscriptions.update(id, { discounts: '' })).toMatchObject({ discounts: [] });
    await bench.advanceDays(31);
    expect(await paid(id)).toEqual([899, 899, 999]);
    await bench.inbox.waitFor('customer.discount.deleted');
  });

  it('inherits the discount of the customer', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 20, duration: 'forever' });
    const { id, customer } = await subscribeWith([]);
    // Only callers of older versions, or of none, can give a coupon to a customer.
    await bench.undeclared(`customers/${customer as string}`, { coupon: coupon.id });
    await bench.advanceDays(31);
    await bench.stripe.customers.deleteDiscount(customer as string);
    await bench.advanceDays(31);
    expect(await paid(id)).toEqual([999, 799, 999]);
  });

  it('finds active codes by the typed text', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 20 });
    const promotion = { type: 'coupon', coupon: coupon.id } as const;
    const code = await bench.stripe.promotionCodes.create({ promotion, code: 'LEARN20', max_redemptions: 1 });
    const find = () => bench.stripe.promotionCodes.list({ code: 'learn20', active: true });
    expect((await find()).data).toMatchObject([{ id: code.id, promotion: { coupon: coupon.id } }]);
    await expect(bench.stripe.promotionCodes.create({ promotion, code: 'learn20' })).rejects.toMatchObject({
      statusCode: 400,
    });
    await subscribeWith([{ promotion_code: code.id }]);
    expect((await find()).data).toEqual([]);
    await expect(subscribeWith([{ promotion_code: code.id }])).rejects.toMatchObject({
      code: 'coupon_expired',
    });
  });

  it('refuses codes for other customers, first orders or larger orders', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 20 });
    const promotion = { type: 'coupon', coupon: coupon.id } as const;
    const stranger = await bench.stripe.customers.create();
    for (const limits of [
      { customer: stranger.id },
      { restrictions: { minimum_amount: 5000, minimum_amount_currency: 'usd' } },
    ]) {
      const code = await bench.stripe.promotionCodes.create({ promotion, ...limits });
      await expect(subscribeWith([{ promotion_code: code.id }])).rejects.toMatchObject({ statusCode: 400 });
    }
  });

  it('accepts a typed code on the Checkout page and charges the amount shown', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 25, duration: 'forever' });
    await bench.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'SPRING',
    });
    const session = await bench.openCheckout({ allow_promotion_codes: true });
    const url = session.url ?? '';
    expect(await (await bench.submit(url, { apply: '1', promotionCode: 'WINTER' })).text()).toContain(
      'This code is invalid.',
    );
    const page = await (await bench.submit(url, { apply: '1', promotionCode: 'spring' })).text();
    expect(page).toContain('SPRING');
    expect(page).toContain('$7.49');
    expect((await bench.submit(url, GOOD_CARD)).status).toBe(303);
    const done = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['line_items', 'subscription.latest_invoice'],
    });
    expect(done).toMatchObject({
      amount_subtotal: 999,
      amount_total: 749,
      total_details: { amount_discount: 250 },
      line_items: { data: [{ amount_subtotal: 999, amount_discount: 250, amount_total: 749 }] },
      subscription: { latest_invoice: { amount_paid: 749 } },
    });
  });

  it('removes a code, and accepts none where none are allowed', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 25 });
    const promotion = { type: 'coupon', coupon: coupon.id } as const;
    await bench.stripe.promotionCodes.create({ promotion, code: 'OFF' });
    const open = await bench.openCheckout({ allow_promotion_codes: true });
    await bench.submit(open.url ?? '', { apply: '1', promotionCode: 'off' });
    await bench.submit(open.url ?? '', { apply: '1', promotionCode: '' });
    expect((await bench.stripe.checkout.sessions.retrieve(open.id)).amount_total).toBe(999);
    const closed = await bench.openCheckout();
    const page = await (await bench.submit(closed.url ?? '', { apply: '1', promotionCode: 'OFF' })).text();
    expect(page).not.toContain('25% off');
  });

  it('refuses a coupon that expired after the session opened', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 25, max_redemptions: 1 });
    const [first, second] = [
      await bench.openCheckout({ discounts: [{ coupon: coupon.id }] }),
      await bench.openCheckout({ discounts: [{ coupon: coupon.id }] }),
    ];
    expect((await bench.submit(first.url ?? '', GOOD_CARD)).status).toBe(303);
    expect((await bench.submit(second.url ?? '', GOOD_CARD)).status).toBe(402);
    expect((await bench.stripe.subscriptions.list({ status: 'all' })).data).toHaveLength(1);
  });

  it('asks for no card when the order is free', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 100 });
    const price = await bench.stripe.prices.create({
      currency: 'usd',
      unit_amount: 500,
      product_data: { name: 'Book' },
    });
    const session = await bench.openCheckout({
      mode: 'payment',
      line_items: [{ price: price.id, quantity: 2 }],
      discounts: [{ coupon: coupon.id }],
    });
    await bench.submit(session.url ?? '', GOOD_CARD);
    expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: 'no_payment_required',
      payment_intent: null,
      amount_total: 0,
    });
  });
});

import type Stripe from 'stripe';
import { DAY, Scene } from './support/scene';
import { TEST_TIMEOUT_MS } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

describe('discounts', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());

  /** What the first invoice and three renewals cost. */
  const paidWith = async (discounts: Stripe.SubscriptionCreateParams.Discount[]) => {
    const { id } = await scene.subscribe({ discounts });
    await scene.advanceTo(scene.clock.frozen_time + 95 * DAY);
    return (await scene.invoices(id)).map(({ amount_paid }) => amount_paid);
  };

  const cases: Array<[string, Stripe.CouponCreateParams, number[]]> = [
    ['a percentage once', { percent_off: 20, duration: 'once' }, [800, 1000, 1000, 1000]],
    ['an amount once', { amount_off: 250, currency: 'usd', duration: 'once' }, [750, 1000, 1000, 1000]],
    [
      'a percentage for two months',
      { percent_off: 20, duration: 'repeating', duration_in_months: 2 },
      [800, 800, 1000, 1000],
    ],
    ['a percentage without end', { percent_off: 12.5, duration: 'forever' }, [875, 875, 875, 875]],
    ['more than there is', { amount_off: 5000, currency: 'usd', duration: 'once' }, [0, 1000, 1000, 1000]],
  ];
  it.each(cases)('take off %s', async (_name, terms, expected) => {
    const coupon = await scene.coupon(terms);
    expect(await paidWith([{ coupon: coupon.id }])).toEqual(expected);
  });

  it('count the redemptions of a promotion code', async () => {
    const coupon = await scene.coupon({ percent_off: 50, duration: 'once' });
    const code = await scene.promotionCode({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: `CONF${Date.now().toString(36).toUpperCase()}`,
      max_redemptions: 1,
    });
    const found = await scene.stripe.promotionCodes.list({ code: code.code, active: true });
    expect(found.data.map(({ id }) => id)).toEqual([code.id]);
    const { id } = await scene.subscribe({ discounts: [{ promotion_code: code.id }] });
    expect((await scene.invoices(id))[0]).toMatchObject({ subtotal: 1000, total: 500, amount_paid: 500 });
    expect(await scene.stripe.promotionCodes.retrieve(code.id)).toMatchObject({
      active: false,
      times_redeemed: 1,
    });
    await expect(scene.subscribe({ discounts: [{ promotion_code: code.id }] })).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
    });
  });
});

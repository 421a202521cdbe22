import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { getCoupon } from '../coupons/coupon';
import { getPromotionCode, refusalOf } from '../coupons/promotion-code';
import { charges } from '../charges/charge';

/** One entry of a `discounts` parameter: something to redeem, or a discount that exists. */
export interface DiscountChoice {
  coupon: string;
  promotion_code: string | null;
  discount: string | null;
}

export interface Order {
  customer: string | null;
  amount: number;
  currency: string;
}

/**
 * Reads `discounts[i][coupon|promotion_code|discount]`, and `coupon` or `promotion_code` of their own, which callers
 * from before 2025-03-31.basil send. Undefined when nothing is said, empty when discounts are taken away.
 */
export function readDiscounts(world: World, input: Input, order: Order): DiscountChoice[] | undefined {
  if (input.has('discounts')) return input.maps('discounts').map((entry) => readChoice(world, entry, order));
  if (!input.has('coupon') && !input.has('promotion_code')) return undefined;
  if (!input.text('coupon') && !input.text('promotion_code')) return [];
  return [readChoice(world, input, order)];
}

function readChoice(world: World, entry: Input, order: Order): DiscountChoice {
  const discount = entry.text('discount');
  if (discount !== undefined) return { coupon: '', promotion_code: null, discount };
  const code = entry.text('promotion_code');
  if (code === undefined) return checkedCoupon(world, entry, order);
  const promotion = getPromotionCode(world, code, entry.path('promotion_code'));
  const use = { ...order, isFirstOrder: isFirstOrder(world, order.customer) };
  const refusal = refusalOf(world, promotion, use);
  if (refusal !== undefined) throw invalid(refusal.message, entry.path('promotion_code'), refusal.code);
  return { coupon: promotion.promotion.coupon, promotion_code: promotion.id, discount: null };
}

function checkedCoupon(world: World, entry: Input, order: Order): DiscountChoice {
  const param = entry.path('coupon');
  const coupon = getCoupon(world, entry.requiredText('coupon'), param);
  if (!coupon.valid) throw invalid(`Coupon expired: ${coupon.id}`, param, 'coupon_expired');
  if (coupon.currency !== null && coupon.currency !== order.currency) {
    throw invalid(`The coupon ${coupon.id} is for another currency (${coupon.currency}).`, param);
  }
  return { coupon: coupon.id, promotion_code: null, discount: null };
}

export function isFirstOrder(world: World, customer: string | null): boolean {
  if (customer === null) return true;
  return !charges(world)
    .where('customer', customer)
    .some((charge) => charge.status === 'succeeded');
}

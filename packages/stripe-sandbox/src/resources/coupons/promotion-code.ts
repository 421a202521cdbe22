import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { type CouponRecord, coupons } from './coupon';

export type PromotionCodeRecord = Omit<Stripe.PromotionCode, 'customer' | 'promotion'> & {
  customer: string | null;
  promotion: { type: 'coupon'; coupon: string };
};

export const promotionCodes = defineCollection<PromotionCodeRecord>('promotion_codes');

export interface NewPromotionCode {
  code: string;
  coupon: string;
  active: boolean;
  customer: string | null;
  expires_at: number | null;
  max_redemptions: number | null;
  metadata: Record<string, string>;
  restrictions: PromotionCodeRecord['restrictions'];
}

/** Creates a code that customers type in; emits promotion_code.created. A code is unique among the active ones. */
export function createPromotionCode(world: World, wanted: NewPromotionCode): PromotionCodeRecord {
  if (findActiveCode(world, wanted.code)) {
    throw invalid(`An active promotion code with \`code: ${wanted.code}\` already exists.`, 'code');
  }
  const { coupon, ...rest } = wanted;
  const code = promotionCodes(world).put({
    id: newId('promo', 24),
    object: 'promotion_code',
    created: world.clock.now(),
    customer_account: null,
    livemode: false,
    promotion: { type: 'coupon', coupon },
    times_redeemed: 0,
    ...rest,
  });
  if (code.expires_at !== null) world.scheduler.schedule('promotion_code.expire', code.id, code.expires_at);
  world.journal.emit('promotion_code.created', code);
  return code;
}

export function getPromotionCode(world: World, id: string, param = 'id'): PromotionCodeRecord {
  const code = promotionCodes(world).find(id);
  if (!code) throw noSuch('promotion code', id, param);
  return code;
}

/** What a customer typed, in any case. */
export function findActiveCode(world: World, text: string): PromotionCodeRecord | undefined {
  const wanted = text.trim().toUpperCase();
  return promotionCodes(world)
    .newestFirst()
    .find((code) => code.active && code.code.toUpperCase() === wanted);
}

export function updatePromotionCode(
  world: World,
  id: string,
  change: Partial<PromotionCodeRecord>,
): PromotionCodeRecord {
  const before = getPromotionCode(world, id);
  const after = promotionCodes(world).patch(id, change);
  world.journal.emit('promotion_code.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

/** The order that a promotion code is applied to. */
export interface CodeUse {
  customer: string | null;
  isFirstOrder: boolean;
  amount: number;
  currency: string;
}

export interface CodeRefusal {
  message: string;
  code?: string;
}

/** Why a code cannot be used on an order; undefined when it can. */
export function refusalOf(world: World, code: PromotionCodeRecord, use: CodeUse): CodeRefusal | undefined {
  const coupon = coupons(world).find(code.promotion.coupon);
  if (!code.active || !coupon?.valid)
    return { message: 'This promotion code has expired.', code: 'coupon_expired' };
  const message = mismatchOf(code, coupon, use);
  return message === undefined ? undefined : { message };
}

function mismatchOf(code: PromotionCodeRecord, coupon: CouponRecord, use: CodeUse): string | undefined {
  if (code.customer !== null && code.customer !== use.customer) return 'This promotion code is invalid.';
  if (coupon.currency !== null && coupon.currency !== use.currency) {
    return 'This promotion code is for another currency.';
  }
  const { first_time_transaction, minimum_amount } = code.restrictions;
  if (first_time_transaction && !use.isFirstOrder)
    return 'This promotion code cannot be redeemed because the associated customer has prior transactions.';
  if (minimum_amount !== null && use.amount < minimum_amount) {
    return 'This order is too small for this promotion code.';
  }
  return undefined;
}

/** Counts a redemption; the last one allowed makes the code inactive. */
export function redeemPromotionCode(world: World, id: string): void {
  const code = getPromotionCode(world, id);
  const times_redeemed = code.times_redeemed + 1;
  const isUsedUp = code.max_redemptions !== null && times_redeemed >= code.max_redemptions;
  updatePromotionCode(world, id, { times_redeemed, active: code.active && !isUsedUp });
}

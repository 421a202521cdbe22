import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';

export type CouponRecord = Omit<Stripe.Coupon, 'deleted' | 'applies_to' | 'currency_options'>;

/** Which products a coupon is for; shown only when `applies_to` is expanded. */
interface CouponScope {
  id: string;
  products: string[];
}

export const coupons = defineCollection<CouponRecord>('coupons');
/** Discounts outlive their coupon, so its terms are kept. */
const deletedCoupons = defineCollection<CouponRecord>('_deleted_coupons');
const scopes = defineCollection<CouponScope>('_coupon_scopes');

export interface NewCoupon {
  id: string | undefined;
  percent_off: number | null;
  amount_off: number | null;
  currency: string | null;
  duration: 'forever' | 'once' | 'repeating';
  duration_in_months: number | null;
  max_redemptions: number | null;
  redeem_by: number | null;
  name: string | null;
  metadata: Record<string, string>;
  products: string[];
}

/** Creates a coupon; emits coupon.created. Its id may be chosen and must be new. */
export function createCoupon(world: World, wanted: NewCoupon): CouponRecord {
  const { id = newId('co', 8).slice(3), products, ...terms } = wanted;
  if (coupons(world).find(id)) throw invalid(`Coupon already exists.`, 'id', 'resource_already_exists');
  if (products.length > 0) scopes(world).put({ id, products });
  const coupon = coupons(world).put({
    id,
    object: 'coupon',
    created: world.clock.now(),
    livemode: false,
    times_redeemed: 0,
    valid: true,
    ...terms,
  });
  if (coupon.redeem_by !== null) world.scheduler.schedule('coupon.expire', id, coupon.redeem_by);
  world.journal.emit('coupon.created', coupon);
  return coupon;
}

export function getCoupon(world: World, id: string, param = 'id'): CouponRecord {
  const coupon = coupons(world).find(id);
  if (!coupon) throw noSuch('coupon', id, param);
  return coupon;
}

/** The terms of a coupon that may be deleted by now. */
export function termsOf(world: World, id: string): CouponRecord | undefined {
  return coupons(world).find(id) ?? deletedCoupons(world).find(id);
}

/** The products a coupon is for; undefined for all. */
export function scopeOf(world: World, id: string): readonly string[] | undefined {
  return scopes(world).find(id)?.products;
}

export function updateCoupon(world: World, id: string, change: Partial<CouponRecord>): CouponRecord {
  const before = getCoupon(world, id);
  const after = coupons(world).patch(id, change);
  world.journal.emit('coupon.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

/** Deletes a coupon; existing discounts stay. */
export function deleteCoupon(world: World, id: string): object {
  const coupon = getCoupon(world, id);
  coupons(world).remove(id);
  deletedCoupons(world).put(coupon);
  const tombstone = { id, object: 'coupon', deleted: true };
  world.journal.emit('coupon.deleted', coupon);
  return tombstone;
}

/** Counts a redemption; the last one allowed makes the coupon invalid. Throws when it cannot be redeemed. */
export function redeemCoupon(world: World, id: string, param: string): CouponRecord {
  const coupon = getCoupon(world, id, param);
  if (!coupon.valid) throw invalid(`Coupon expired: ${id}`, param, 'coupon_expired');
  const times_redeemed = coupon.times_redeemed + 1;
  const valid = coupon.max_redemptions === null || times_redeemed < coupon.max_redemptions;
  return coupons(world).patch(id, { times_redeemed, valid });
}

import type Stripe from 'stripe';
import { boundary } from '../../billing/periods';
import { noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { redeemCoupon, termsOf } from '../coupons/coupon';
import { redeemPromotionCode } from '../coupons/promotion-code';
import type { DiscountChoice } from './choice';

export type DiscountRecord = Omit<Stripe.Discount, 'customer' | 'promotion_code' | 'source' | 'deleted'> & {
  customer: string | null;
  promotion_code: string | null;
  source: { type: 'coupon'; coupon: string };
  deleted?: true;
};

export const discounts = defineCollection<DiscountRecord>('discounts');

/** The owner of a discount; other fields stay null. */
export type DiscountOwner = Partial<
  Pick<DiscountRecord, 'customer' | 'subscription' | 'checkout_session' | 'invoice' | 'invoice_item'>
>;

/**
 * Redeems coupons and codes for an owner. A `repeating` one ends by itself after its months; a `once` one with the
 * first invoice it takes something off. Emits customer.discount.created for those of customers and subscriptions.
 */
export function grantDiscounts(
  world: World,
  choices: readonly DiscountChoice[],
  owner: DiscountOwner,
): DiscountRecord[] {
  return choices.map((choice) => {
    if (choice.discount !== null) return getDiscount(world, choice.discount);
    const discount = discounts(world).put(buildDiscount(world, choice, owner));
    if (discount.end !== null) world.scheduler.schedule('discount.end', discount.id, discount.end);
    if (isLasting(discount)) world.journal.emit('customer.discount.created', discount);
    return discount;
  });
}

function buildDiscount(world: World, choice: DiscountChoice, owner: DiscountOwner): DiscountRecord {
  const now = world.clock.now();
  const coupon = redeemCoupon(world, choice.coupon, 'discounts');
  if (choice.promotion_code !== null) redeemPromotionCode(world, choice.promotion_code);
  const months = coupon.duration === 'repeating' ? coupon.duration_in_months : null;
  return {
    id: newId('di', 24),
    object: 'discount',
    checkout_session: null,
    customer: null,
    customer_account: null,
    end: months === null ? null : boundary(now, { interval: 'month', interval_count: 1 }, months),
    invoice: null,
    invoice_item: null,
    promotion_code: choice.promotion_code,
    source: { type: 'coupon', coupon: coupon.id },
    start: now,
    subscription: null,
    subscription_item: null,
    ...owner,
  };
}

function isLasting(discount: DiscountRecord): boolean {
  return discount.invoice === null && discount.invoice_item === null;
}

export function getDiscount(world: World, id: string): DiscountRecord {
  const discount = discounts(world).find(id);
  if (!discount) throw noSuch('discount', id, 'discounts');
  return discount;
}

/** Removes a discount and notifies its owner. Emits customer.discount.deleted. */
export function endDiscount(world: World, id: string): DiscountRecord {
  const discount = getDiscount(world, id);
  if (discount.deleted) return discount;
  // A deleted discount has no `end`, in the API's types too.
  const tombstone: Partial<DiscountRecord> = { ...discount, deleted: true };
  delete tombstone.end;
  const ended = discounts(world).put(tombstone as DiscountRecord);
  world.signals.raise('discount.ended', id);
  if (isLasting(discount)) world.journal.emit('customer.discount.deleted', ended);
  return ended;
}

/** Ends a `once` discount after it was applied. */
export function endIfUsedUp(world: World, id: string): void {
  const terms = termsOf(world, getDiscount(world, id).source.coupon);
  if (terms?.duration === 'once') endDiscount(world, id);
}

/** The discounts that are active at `at`. */
export function activeDiscounts(world: World, ids: readonly string[], at: number): DiscountRecord[] {
  return ids
    .map((id) => getDiscount(world, id))
    .filter((discount) => !discount.deleted && (discount.end === null || at < discount.end));
}

/** What applies to a subscription's invoices: its own discounts, or else the one of its customer. */
export function discountsFor(
  world: World,
  subscription: { discounts: ReadonlyArray<string | { id: string }> },
  customer: { discount?: { id: string } | null },
): DiscountRecord[] {
  const own = subscription.discounts.map((discount) =>
    typeof discount === 'string' ? discount : discount.id,
  );
  const inherited = customer.discount ? [customer.discount.id] : [];
  return activeDiscounts(world, own.length > 0 ? own : inherited, world.clock.now());
}

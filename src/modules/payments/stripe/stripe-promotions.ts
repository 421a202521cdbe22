import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { idOrNull } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

/** A promotion code with the limits of its coupon. */
export interface PromotionSnapshot {
  readonly id: string;
  readonly active: boolean;
  readonly expiresAt: Date | null;
  readonly usedUp: boolean;
  readonly customerId: string | null;
  readonly firstPurchaseOnly: boolean;
  readonly minimumMinor: number | null;
  readonly currency: string | null;
  readonly productIds: readonly string[] | null;
}

/** Codes that a customer types. */
@Injectable()
export class StripePromotions {
  constructor(private readonly gateway: StripeGateway) {}

  /** The active code of that name, else the newest one that is not active any more. */
  async find(code: string): Promise<PromotionSnapshot | undefined> {
    const { data } = await this.gateway.call((stripe) => stripe.promotionCodes.list({ code, limit: 100 }));
    const [newest] = data;
    const found = data.find(({ active }) => active) ?? newest;
    return found === undefined ? undefined : this.toSnapshot(found);
  }

  /** Whether a payment of this customer has succeeded before. */
  async hasPaidBefore(customerId: string): Promise<boolean> {
    const charges = await this.gateway.call((stripe) =>
      stripe.charges.list({ customer: customerId, limit: 100 }).autoPagingToArray({ limit: 1000 }),
    );
    return charges.some(({ status }) => status === 'succeeded');
  }

  private async toSnapshot(promotion: Stripe.PromotionCode): Promise<PromotionSnapshot> {
    const couponId = idOrNull(promotion.promotion.coupon);
    const coupon =
      couponId === null
        ? undefined
        : await this.gateway.call((stripe) => stripe.coupons.retrieve(couponId, { expand: ['applies_to'] }));
    const { restrictions, expires_at: expires, max_redemptions: most } = promotion;
    const ends = [expires, coupon?.redeem_by ?? null].filter((end) => end !== null);
    const isUsedUp = (used: number, allowed: number | null | undefined) => used >= (allowed ?? Infinity);
    return {
      id: promotion.id,
      active: promotion.active && coupon?.valid !== false,
      expiresAt: ends.length === 0 ? null : new Date(Math.min(...ends) * 1000),
      usedUp:
        isUsedUp(promotion.times_redeemed, most) ||
        isUsedUp(coupon?.times_redeemed ?? 0, coupon?.max_redemptions),
      customerId: idOrNull(promotion.customer),
      firstPurchaseOnly: restrictions.first_time_transaction,
      minimumMinor: restrictions.minimum_amount,
      currency: coupon?.currency ?? restrictions.minimum_amount_currency,
      productIds: productsOf(coupon),
    };
  }
}

// Without products a coupon is for all of them.
function productsOf(coupon: Stripe.Coupon | undefined): readonly string[] | null {
  const products = coupon?.applies_to?.products ?? [];
  return products.length === 0 ? null : products;
}

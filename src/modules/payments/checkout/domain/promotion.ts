/** A promotion code as Stripe has it, with what limits its use. */
export interface PromotionFacts {
  readonly id: string;
  readonly active: boolean;
  readonly expiresAt: Date | null;
  readonly usedUp: boolean;
  /** The only customer who may use it. */
  readonly customerId: string | null;
  readonly firstPurchaseOnly: boolean;
  readonly minimumMinor: number | null;
  /** Of an amount that is taken off, or of the minimum. */
  readonly currency: string | null;
  /** The products that it applies to; null for all. */
  readonly productIds: readonly string[] | null;
}

/** The purchase that a code is for. */
export interface PromotedPurchase {
  readonly customerId: string;
  readonly hasPaidBefore: boolean;
  readonly amountMinor: number;
  readonly currency: string;
  readonly productId: string;
  readonly now: Date;
}

export const PROMOTION_REFUSALS = {
  unknown: 'There is no promotion code of that name.',
  expired: 'This promotion code has expired.',
  used_up: 'This promotion code has been used as often as it may be.',
  inactive: 'This promotion code is switched off.',
  other_customer: 'This promotion code was made for somebody else.',
  first_purchase_only: 'This promotion code is only for a first purchase.',
  other_currency: 'This promotion code is for another currency.',
  minimum_amount: 'This plan costs less than this promotion code asks for.',
  other_product: 'This promotion code is for another product.',
  refused: 'This promotion code may not be used for this purchase.',
} as const;
export type PromotionRefusal = keyof typeof PROMOTION_REFUSALS;

/** Why a code may not be used for a purchase; undefined when it may. */
export function findPromotionRefusal(
  promotion: PromotionFacts,
  purchase: PromotedPurchase,
): PromotionRefusal | undefined {
  if (promotion.expiresAt !== null && promotion.expiresAt <= purchase.now) return 'expired';
  if (promotion.usedUp) return 'used_up';
  if (!promotion.active) return 'inactive';
  if (promotion.customerId !== null && promotion.customerId !== purchase.customerId) return 'other_customer';
  if (promotion.firstPurchaseOnly && purchase.hasPaidBefore) return 'first_purchase_only';
  if (promotion.currency !== null && promotion.currency !== purchase.currency) return 'other_currency';
  if (promotion.minimumMinor !== null && purchase.amountMinor < promotion.minimumMinor)
    return 'minimum_amount';
  const covers = promotion.productIds === null || promotion.productIds.includes(purchase.productId);
  return covers ? undefined : 'other_product';
}

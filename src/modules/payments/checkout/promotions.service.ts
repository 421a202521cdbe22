import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import {
  findPromotionRefusal,
  PROMOTION_REFUSALS,
  type PromotionRefusal,
} from 'src/modules/payments/checkout/domain/promotion';
import { PromotionCodeError } from 'src/modules/payments/payments.errors';
import type { StoredPlan } from 'src/modules/payments/plans/persistence/plans.repository';
import { StripePromotions } from 'src/modules/payments/stripe/stripe-promotions';

type PromotedPlan = Pick<StoredPlan, 'amountMinor' | 'currency' | 'productId'> & {
  readonly customerId: string;
};

/** Whether a code may be used, before Stripe is asked to open a payment page with it. */
@Injectable()
export class PromotionsService {
  constructor(
    private readonly stripe: StripePromotions,
    private readonly clock: Clock,
  ) {}

  /** The id behind a code. Throws PromotionCodeError, which says why it may not be used. */
  async resolve(code: string, plan: PromotedPlan): Promise<string> {
    const promotion = await this.stripe.find(code);
    if (promotion === undefined) throw promotionRefused('unknown');
    const hasPaidBefore = promotion.firstPurchaseOnly && (await this.stripe.hasPaidBefore(plan.customerId));
    const refusal = findPromotionRefusal(promotion, { ...plan, hasPaidBefore, now: this.clock.now() });
    if (refusal !== undefined) throw promotionRefused(refusal);
    return promotion.id;
  }
}

/** Offers to go on without the code. */
export function promotionRefused(refusal: PromotionRefusal): PromotionCodeError {
  const why = PROMOTION_REFUSALS[refusal];
  return new PromotionCodeError(`${why} You can buy without it.`, {
    errors: [{ pointer: '/promotion_code', detail: why, code: refusal }],
    extensions: {
      reason: refusal,
      next_action: 'continue_without_promotion_code',
      operation_id: 'createCheckoutSession',
    },
  });
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CheckoutConfig } from 'src/config/checkout-config';
import type { Plan } from 'src/modules/payments/domain/subscription';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import type { CheckoutParams } from 'src/modules/payments/stripe/stripe-checkout';
import { CustomersService } from 'src/modules/payments/sync/customers.service';
import { PromotionsService } from './promotions.service';
import { ReturnUrlsService } from './return-urls.service';
import { newShortCode } from './short-code';
import { TrialsService } from './trials.service';

/** What the student asked for. Two equal intentions are served by one session. */
export interface CheckoutIntention {
  readonly plan: Plan;
  readonly promotionCode: string | null;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

/** Everything that a repeated request must repeat, as kept in the operation row. */
export interface PersistedCheckout extends Record<string, unknown> {
  readonly intention: CheckoutIntention;
  readonly shortCode: string;
  readonly request: CheckoutParams;
}

/** Decides the exact parameters of a new session. */
@Injectable()
export class CheckoutPreparation {
  constructor(
    private readonly customers: CustomersService,
    private readonly plans: PlansService,
    private readonly urls: ReturnUrlsService,
    private readonly promotions: PromotionsService,
    private readonly trials: TrialsService,
    private readonly config: CheckoutConfig,
  ) {}

  /** Throws PlanNotOfferedError and ReturnUrlError. */
  toIntention(request: {
    plan: Plan;
    promotionCode?: string | undefined;
    successUrl?: string | undefined;
    cancelUrl?: string | undefined;
  }): CheckoutIntention {
    this.plans.getPriceId(request.plan);
    return {
      plan: request.plan,
      promotionCode: request.promotionCode ?? null,
      ...this.urls.resolve(request),
    };
  }

  /** Makes the customer when there is none. Throws PlanUnavailableError and PromotionCodeError. */
  async prepare(userId: string, intention: CheckoutIntention, requestId: string): Promise<PersistedCheckout> {
    const plan = await this.plans.getForSale(intention.plan);
    const customerId = await this.customers.getOrCreate(userId, requestId);
    const { promotionCode } = intention;
    const promotionCodeId =
      promotionCode === null
        ? undefined
        : await this.promotions.resolve(promotionCode, { ...plan, customerId });
    const trialDays = await this.trials.daysFor(userId);
    const shortCode = newShortCode();
    return {
      intention,
      shortCode,
      request: {
        checkoutId: randomUUID(),
        userId,
        customerId,
        priceId: plan.priceId,
        ...(promotionCodeId === undefined ? {} : { promotionCodeId }),
        ...(trialDays === 0 ? {} : { trialDays }),
        ...(this.config.automaticTax ? { automaticTax: true } : {}),
        ...(this.config.taxIdCollection ? { taxIdCollection: true } : {}),
        ...this.urls.ownPages(shortCode),
      },
    };
  }
}

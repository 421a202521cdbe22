import { Injectable, Logger } from '@nestjs/common';
import { StripeConfig } from 'src/config/app-config';
import { PLANS, type Plan } from 'src/modules/payments/domain/subscription';
import { findPriceRefusal, type PriceRefusal } from 'src/modules/payments/plans/domain/price';
import { PlansRepository, type StoredPlan } from 'src/modules/payments/plans/persistence/plans.repository';
import { StripePrices } from 'src/modules/payments/stripe/stripe-prices';
import { OperatorTasksService } from 'src/modules/payments/tasks/operator-tasks.service';

/** What Stripe says of one configured price. */
export interface ReadPrice {
  readonly plan: Plan;
  readonly priceId: string;
  /** Undefined when Stripe does not know the price. */
  readonly state: StoredPlan | undefined;
}

const VARIABLES: Readonly<Record<Plan, string>> = {
  monthly: 'STRIPE_PREMIUM_PRICE_ID',
  yearly: 'STRIPE_PREMIUM_YEARLY_PRICE_ID',
};

/** The configured prices: which they are, what Stripe says of them, and what is written down of it. */
@Injectable()
export class Catalogue {
  private readonly logger = new Logger(Catalogue.name);
  readonly priceIds: ReadonlyMap<Plan, string>;

  constructor(
    config: StripeConfig,
    private readonly plans: PlansRepository,
    private readonly prices: StripePrices,
    private readonly tasks: OperatorTasksService,
  ) {
    const configured: Record<Plan, string | undefined> = {
      monthly: config.monthlyPriceId,
      yearly: config.yearlyPriceId,
    };
    this.priceIds = new Map(
      PLANS.flatMap((plan) => {
        const priceId = configured[plan];
        return priceId === undefined ? [] : [[plan, priceId] as const];
      }),
    );
  }

  /** Asks Stripe. Throws StripeUnavailableError. */
  async read(plan: Plan, priceId: string): Promise<ReadPrice> {
    const price = await this.prices.find(priceId);
    if (price === undefined) return { plan, priceId, state: undefined };
    const { productId, currency, taxBehavior } = price;
    const state = {
      plan,
      priceId,
      productId,
      amountMinor: price.amountMinor ?? 0,
      currency,
      taxBehavior,
      refusal: findPriceRefusal(plan, price) ?? null,
    };
    return { plan, priceId, state };
  }

  readAll(): Promise<ReadPrice[]> {
    return Promise.all([...this.priceIds].map(([plan, priceId]) => this.read(plan, priceId)));
  }

  /** Stores it for all processes, and keeps the operators' task about a price that cannot be sold. Joins a transaction. */
  async save({ plan, priceId, state }: ReadPrice): Promise<void> {
    if (state === undefined) await this.plans.markMissing(priceId);
    else await this.plans.save(state);
    const refusal = state === undefined ? 'missing' : state.refusal;
    if (refusal === null)
      await this.tasks.settle('price_unavailable', priceId, 'The price can be sold again.');
    else await this.report(plan, priceId, refusal);
  }

  private async report(plan: Plan, priceId: string, refusal: PriceRefusal): Promise<void> {
    const details = { plan, refusal, variable: VARIABLES[plan] };
    await this.tasks.open({ kind: 'price_unavailable', fact: priceId, details });
    this.logger.error({ plan, price: priceId, refusal }, `${VARIABLES[plan]}: ${REASONS[refusal]}`);
  }
}

const REASONS: Readonly<Record<PriceRefusal, string>> = {
  missing: 'this price does not exist in the account and mode of STRIPE_SECRET_KEY',
  archived: 'this price is archived: nobody can buy the plan',
  product_archived: 'the product of this price is archived: nobody can buy the plan',
  not_recurring: 'this price is not a fixed recurring price',
  wrong_interval: 'this price renews in another interval than its plan',
};

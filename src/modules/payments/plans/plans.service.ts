import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { StripeConfig } from 'src/config/app-config';
import type { Plan } from 'src/modules/payments/domain/subscription';
import { PlanNotOfferedError, StripeRejectedError } from 'src/modules/payments/payments.errors';
import { PlansRepository, type StoredPlan } from 'src/modules/payments/plans/persistence/plans.repository';
import { StripePrices } from 'src/modules/payments/stripe/stripe-prices';

/** A plan as shown to a student; the amount is left out while Stripe has never been reached. */
export interface PlanSummary {
  readonly plan: Plan;
  readonly interval: 'month' | 'year';
  readonly amountMinor?: number;
  readonly currency?: string;
}

/** What is for sale. Stripe is asked once per price id; amounts and products of a price never change there. */
@Injectable()
export class PlansService implements OnApplicationBootstrap {
  private readonly logger = new Logger(PlansService.name);
  private readonly priceIds: ReadonlyMap<Plan, string>;
  private known: readonly StoredPlan[] = [];

  constructor(
    config: StripeConfig,
    private readonly plans: PlansRepository,
    private readonly prices: StripePrices,
  ) {
    const yearly: [Plan, string][] =
      config.yearlyPriceId === undefined ? [] : [['yearly', config.yearlyPriceId]];
    this.priceIds = new Map<Plan, string>([['monthly', config.monthlyPriceId], ...yearly]);
  }

  /** Loads in the background: the process must start while Stripe is unavailable. */
  onApplicationBootstrap(): void {
    this.load().catch((error: unknown) => this.logger.warn({ err: error }, 'plans not loaded yet'));
  }

  /** Never waits for Stripe. */
  async listPlans(): Promise<PlanSummary[]> {
    const stored =
      this.known.length > 0 ? this.known : await this.plans.findByPriceIds([...this.priceIds.values()]);
    return [...this.priceIds.keys()].map((plan) => {
      const found = stored.find((candidate) => candidate.plan === plan);
      const interval = plan === 'yearly' ? 'year' : 'month';
      return found === undefined
        ? { plan, interval }
        : { plan, interval, amountMinor: found.amountMinor, currency: found.currency };
    });
  }

  /** Throws PlanNotOfferedError when this installation does not sell the plan. */
  getPriceId(plan: Plan): string {
    const priceId = this.priceIds.get(plan);
    if (priceId === undefined) throw new PlanNotOfferedError(`The ${plan} plan is not offered.`);
    return priceId;
  }

  /**
   * The products whose subscriptions grant premium, at any price: those sold now and those ever sold, so
   * that nobody who pays for an older one is locked out. Asks Stripe only for prices never asked before.
   */
  async getPremiumProductIds(): Promise<ReadonlySet<string>> {
    await this.load();
    return new Set((await this.plans.listAll()).map(({ productId }) => productId));
  }

  findPlanOfPrice(priceId: string): Plan | null {
    return [...this.priceIds].find(([, id]) => id === priceId)?.[0] ?? null;
  }

  private async load(): Promise<void> {
    if (this.known.length === this.priceIds.size) return;
    const stored = await this.plans.findByPriceIds([...this.priceIds.values()]);
    const loaded: StoredPlan[] = [];
    for (const [plan, priceId] of this.priceIds) {
      const found = stored.find((candidate) => candidate.priceId === priceId && candidate.plan === plan);
      const loadedPlan = found ?? (await this.fetch(plan, priceId));
      if (loadedPlan !== undefined) loaded.push(loadedPlan);
    }
    this.known = loaded;
  }

  /** Undefined for a price that Stripe does not know: a typo in one plan must not lock out the payers of the other. */
  private async fetch(plan: Plan, priceId: string): Promise<StoredPlan | undefined> {
    try {
      const fetched = { ...(await this.prices.fetch(priceId)), plan, priceId };
      await this.plans.save(fetched);
      return fetched;
    } catch (error) {
      if (!(error instanceof StripeRejectedError)) throw error;
      this.logger.error(
        { err: error, plan, price: priceId },
        'this price does not exist at Stripe: check the configuration',
      );
      return undefined;
    }
  }
}

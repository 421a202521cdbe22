import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { Plan } from 'src/modules/payments/domain/subscription';
import { PlansService, type PlanSummary } from 'src/modules/payments/plans/plans.service';
import { StripePlanChanges } from 'src/modules/payments/stripe/stripe-plan-changes';
import {
  PlanChangeQuotesRepository,
  type PlanChangeQuote,
} from './persistence/plan-change-quotes.repository';
import { PlanChangeInspector, type PossibleChange } from './plan-change-inspector';

const LIFE_MS = 10 * 60_000;

type Cost = Pick<
  PlanChangeQuote,
  'dueNowMinor' | 'nextAmountMinor' | 'currency' | 'nextChargeAt' | 'effectiveAt'
>;

/** What a change of plan would cost. The change itself takes the id of the quote, and with it the same proration. */
@Injectable()
export class PlanQuotesService {
  constructor(
    private readonly inspector: PlanChangeInspector,
    private readonly plans: PlansService,
    private readonly stripe: StripePlanChanges,
    private readonly quotes: PlanChangeQuotesRepository,
    private readonly clock: Clock,
  ) {}

  /** Changes nothing. Throws what PlanChangeInspector throws, PlanNotOfferedError (400), StripeUnavailableError (503). */
  async quote(userId: string, plan: Plan): Promise<PlanChangeQuote> {
    const priceId = this.plans.getPriceId(plan);
    const possible = await this.inspector.inspect(userId, plan);
    const { state, kind, liftsCancellation } = possible;
    // Stripe counts in seconds: preview and change must name the same one.
    const prorationDate = new Date(Math.floor(this.clock.now().getTime() / 1000) * 1000);
    const cost = await this.costOf(possible, { plan, priceId, prorationDate });
    return this.quotes.insert({
      userId,
      subscriptionId: state.id,
      itemId: state.itemId,
      fromPriceId: state.priceId,
      plan,
      priceId,
      kind,
      liftsCancellation,
      prorationDate,
      expiresAt: new Date(prorationDate.getTime() + LIFE_MS),
      ...cost,
    });
  }

  private async costOf(
    { state, kind }: PossibleChange,
    wanted: { plan: Plan; priceId: string; prorationDate: Date },
  ): Promise<Cost> {
    const { plan, priceId, prorationDate } = wanted;
    const summary = await this.summaryOf(plan);
    const nextAmountMinor = summary.amountMinor ?? 0;
    if (kind !== 'at_once') {
      const end = state.currentPeriodEnd;
      const effectiveAt = kind === 'keep' ? prorationDate : end;
      return {
        dueNowMinor: 0,
        nextAmountMinor,
        currency: summary.currency ?? 'usd',
        nextChargeAt: end,
        effectiveAt,
      };
    }
    const { dueNowMinor, currency, nextChargeAt } = await this.stripe.preview({
      subscriptionId: state.id,
      itemId: state.itemId,
      priceId,
      prorationDate: prorationDate.getTime() / 1000,
      liftsCancellation: false,
    });
    return { dueNowMinor, nextAmountMinor, currency, nextChargeAt, effectiveAt: prorationDate };
  }

  private async summaryOf(plan: Plan): Promise<PlanSummary> {
    const summary = (await this.plans.listPlans()).find((candidate) => candidate.plan === plan);
    if (summary === undefined) throw new Error(`plan ${plan} is not listed`);
    return summary;
  }
}

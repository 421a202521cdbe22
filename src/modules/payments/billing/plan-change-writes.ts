import { Injectable } from '@nestjs/common';
import type { BillingState } from 'src/modules/payments/domain/billing-state';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import type { Operation } from 'src/modules/payments/operations/persistence/operations.repository';
import { StripeBillingState } from 'src/modules/payments/stripe/stripe-billing-state';
import { StripePlanChanges, type ImmediateChange } from 'src/modules/payments/stripe/stripe-plan-changes';
import { StripeSchedules } from 'src/modules/payments/stripe/stripe-schedules';
import { StripeSubscriptions } from 'src/modules/payments/stripe/stripe-subscriptions';
import type { ChangeContext } from 'src/modules/payments/subscriptions/change-context';
import { ScheduledPlanChangesRepository } from 'src/modules/payments/subscriptions/persistence/scheduled-plan-changes.repository';
import type { PlanChangeQuote } from './persistence/plan-change-quotes.repository';

/** `payment_required`: the change waits for its payment, and nothing has changed yet. */
export const PLAN_CHANGE_OUTCOMES = [
  'changed',
  'scheduled',
  'kept',
  'payment_required',
  'not_changed',
] as const;
export type PlanChangeOutcome = (typeof PLAN_CHANGE_OUTCOMES)[number];

const targetOf = ({ id }: PlanChangeQuote): string => `quote:${id}`;

/** Carries out a quote at Stripe, under one repeated key. The caller holds the customer's lease. */
@Injectable()
export class PlanChangeWrites {
  constructor(
    private readonly operations: OperationsService,
    private readonly stripe: StripePlanChanges,
    private readonly schedules: StripeSchedules,
    private readonly subscriptions: StripeSubscriptions,
    private readonly states: StripeBillingState,
    private readonly changes: ScheduledPlanChangesRepository,
  ) {}

  isDone(quote: PlanChangeQuote): Promise<boolean> {
    return this.operations.hasSucceeded(targetOf(quote));
  }

  /** Goes on with a change whose answer was lost, under its key and with its parameters. False when there is none. */
  async goOn(quote: PlanChangeQuote): Promise<boolean> {
    const pending = await this.operations.findPending(targetOf(quote));
    // For an older key, Stripe would do the work again: only a new look at the subscription may decide about that.
    if (pending === undefined || !this.operations.isRepeatable(pending)) return false;
    await this.operations.execute(pending, (operation) => this.execute(quote, operation));
    return true;
  }

  /** `state`: as it was inspected for this quote. */
  async carryOut(context: ChangeContext, quote: PlanChangeQuote, state: BillingState): Promise<void> {
    const params = paramsOf(quote, state);
    await this.operations.run(
      { ...context, kind: 'change_plan', target: targetOf(quote), params },
      (operation) => this.execute(quote, operation),
    );
  }

  async outcomeOf({ kind, subscriptionId, priceId }: PlanChangeQuote): Promise<PlanChangeOutcome> {
    if (kind === 'at_period_end') return 'scheduled';
    if (kind === 'keep') return 'kept';
    const state = await this.states.read(subscriptionId);
    if (state.priceId === priceId) return 'changed';
    return state.hasPendingUpdate ? 'payment_required' : 'not_changed';
  }

  private async execute(quote: PlanChangeQuote, { id: key, params }: Operation): Promise<{ id: string }> {
    await this.write(quote, params as ReturnType<typeof paramsOf>, key);
    return { id: quote.subscriptionId };
  }

  private async write(
    quote: PlanChangeQuote,
    { change, scheduleId, endsByDate }: ReturnType<typeof paramsOf>,
    key: string,
  ): Promise<void> {
    if (scheduleId !== null) await this.schedules.release(scheduleId, `${key}:release`);
    if (quote.kind !== 'at_period_end') await this.changes.remove(quote.subscriptionId);
    if (quote.kind === 'keep') return;
    if (quote.kind === 'at_period_end') return this.schedule(quote, change, key);
    // The portal sets a date. The flag means the same end, and only the flag can change together with the plan.
    if (endsByDate) {
      await this.subscriptions.update(change.subscriptionId, { cancel_at_period_end: true }, `${key}:flag`);
    }
    await this.stripe.change(change, key);
  }

  private async schedule(quote: PlanChangeQuote, change: ImmediateChange, key: string): Promise<void> {
    await this.schedules.changeAtPeriodEnd(
      { subscriptionId: change.subscriptionId, priceId: change.priceId },
      key,
    );
    await this.changes.save({ ...quote, subscriptionId: change.subscriptionId });
  }
}

/** Everything that a repeated request must repeat. */
function paramsOf(quote: PlanChangeQuote, state: BillingState) {
  const change: ImmediateChange = {
    subscriptionId: quote.subscriptionId,
    itemId: quote.itemId,
    priceId: quote.priceId,
    prorationDate: quote.prorationDate.getTime() / 1000,
    liftsCancellation: quote.liftsCancellation,
  };
  return {
    kind: quote.kind,
    change,
    scheduleId: state.scheduleId,
    endsByDate: state.cancelAt !== null && !state.cancelAtPeriodEnd,
  };
}

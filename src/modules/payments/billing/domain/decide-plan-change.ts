import type { BillingState } from 'src/modules/payments/domain/billing-state';
import type { Plan } from 'src/modules/payments/domain/subscription';

/** At once with a payment; at the end of the paid period; or the present plan stays and a scheduled change is dropped. */
export const PLAN_CHANGE_KINDS = ['at_once', 'at_period_end', 'keep'] as const;
export type PlanChangeKind = (typeof PLAN_CHANGE_KINDS)[number];

export type PlanChangeRefusal = 'same_plan' | 'payment_needed' | 'ending' | 'managed' | 'paused';

export type PlanChangeDecision =
  | { readonly kind: 'refuse'; readonly because: PlanChangeRefusal }
  | { readonly kind: PlanChangeKind; readonly liftsCancellation: boolean };

export interface PlanChangeQuestion {
  readonly state: BillingState;
  /** Undefined when no schedule manages the subscription. */
  readonly isOurSchedule: boolean | undefined;
  /** Null: a price that is no plan of ours. */
  readonly current: Plan | null;
  readonly scheduled: Plan | undefined;
  readonly wanted: Plan;
}

const refuse = (because: PlanChangeRefusal): PlanChangeDecision => ({ kind: 'refuse', because });

/**
 * When a change of plan takes effect. A longer plan is paid and begins at once; a shorter one begins when the paid time is
 * over. What is charged later than at once (bank debit, sent invoice) also waits for the end of the period.
 */
export function decidePlanChange(question: PlanChangeQuestion): PlanChangeDecision {
  const { state, isOurSchedule, current, scheduled, wanted } = question;
  if (state.status === 'paused') return refuse('paused');
  if (state.status !== 'active' && state.status !== 'trialing') return refuse('payment_needed');
  if (isOurSchedule === false) return refuse('managed');
  if (wanted === scheduled) return refuse('same_plan');
  if (wanted === current) {
    return scheduled === undefined ? refuse('same_plan') : { kind: 'keep', liftsCancellation: false };
  }
  const isUpgrade = wanted === 'yearly' && !state.paysLater;
  const endsWithPeriod = state.cancelAt?.getTime() === state.currentPeriodEnd.getTime();
  if (state.cancelAt !== null && !(isUpgrade && endsWithPeriod)) return refuse('ending');
  return isUpgrade
    ? { kind: 'at_once', liftsCancellation: state.cancelAt !== null }
    : { kind: 'at_period_end', liftsCancellation: false };
}

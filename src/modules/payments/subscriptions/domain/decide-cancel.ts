import type { BillingState } from 'src/modules/payments/domain/billing-state';
import type { UnpaidInvoice } from 'src/modules/payments/domain/invoice-view';

export type CancelTime = 'period_end' | 'now';

/**
 * What can still be charged after the cancellation: nothing; a payment that is already on its way; periods until the end
 * of a contract that someone else scheduled.
 */
export const FURTHER_CHARGES = ['none', 'payment_in_processing', 'until_end'] as const;
export type FurtherCharges = (typeof FURTHER_CHARGES)[number];

export type CancelPlan =
  | { readonly kind: 'unchanged'; readonly charges: FurtherCharges }
  /** End it, void what is open and stop drafts. */
  | { readonly kind: 'end_now'; readonly charges: 'none' }
  | {
      readonly kind: 'at_period_end';
      readonly charges: FurtherCharges;
      /** Unpaid plan changes: the paid time is kept, the change is not. */
      readonly voids: readonly string[];
      /** False when an end is set already and only invoices have to go. */
      readonly setsEnd: boolean;
    };

const NOTHING_PAID: readonly string[] = ['unpaid', 'paused', 'incomplete'];
const OVER: readonly string[] = ['canceled', 'incomplete_expired'];

/**
 * How a subscription ends. Paid time is kept; time that is not paid is not sold: when the unpaid invoice pays the current
 * period, the subscription ends now and its invoice is voided. Money that is on its way cannot be stopped.
 */
export function decideCancel(
  state: BillingState,
  unpaid: readonly UnpaidInvoice[],
  when: CancelTime,
): CancelPlan {
  if (OVER.includes(state.status)) return { kind: 'unchanged', charges: 'none' };
  const owed = unpaid.filter(({ dueMinor }) => dueMinor > 0);
  if (owed.some(({ progress }) => progress === 'processing'))
    return atPeriodEnd(state, [], 'payment_in_processing');
  if (when === 'now' || NOTHING_PAID.includes(state.status)) return { kind: 'end_now', charges: 'none' };
  if (owed.some((invoice) => paysCurrentPeriod(invoice, state))) return { kind: 'end_now', charges: 'none' };
  return atPeriodEnd(
    state,
    owed.map(({ id }) => id),
    'none',
  );
}

function atPeriodEnd(state: BillingState, voids: readonly string[], charges: FurtherCharges): CancelPlan {
  const setsEnd = state.cancelAt === null || state.cancelAt > state.currentPeriodEnd;
  if (!setsEnd && voids.length === 0) return { kind: 'unchanged', charges };
  return { kind: 'at_period_end', charges, voids, setsEnd };
}

/** An invoice behind a pending update pays for a period that has not begun. */
export function paysCurrentPeriod(
  { periods, billingReason }: UnpaidInvoice,
  { currentPeriodStart, currentPeriodEnd, hasPendingUpdate }: BillingState,
): boolean {
  if (hasPendingUpdate && billingReason === 'subscription_update') return false;
  return periods.some(({ start, end }) => start < currentPeriodEnd && end > currentPeriodStart);
}

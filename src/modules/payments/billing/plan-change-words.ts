import { formatDay, formatMoney } from 'src/common/domain/money';
import type { PlanChangeQuote } from './persistence/plan-change-quotes.repository';
import type { PlanChangeOutcome } from './plan-change-writes';

/** The offer in words, for the student. */
export function describeQuote(quote: PlanChangeQuote): string {
  const { kind, plan, currency, dueNowMinor, nextAmountMinor, nextChargeAt, effectiveAt } = quote;
  const next = `${formatMoney(nextAmountMinor, currency)} is charged on ${formatDay(nextChargeAt)}.`;
  if (kind === 'keep') return `You keep the ${plan} plan, and the scheduled change is dropped. ${next}`;
  if (kind === 'at_period_end') {
    return `The ${plan} plan begins on ${formatDay(effectiveAt)}, when the paid time is over. Nothing is charged now. ${next}`;
  }
  const lifted = quote.liftsCancellation ? ' Your cancellation is lifted.' : '';
  return `The ${plan} plan begins now. You pay ${formatMoney(dueNowMinor, currency)}: what is left of your present plan is already taken off. Then ${next}${lifted}`;
}

const OUTCOMES: Readonly<Record<PlanChangeOutcome, string>> = {
  changed: 'The plan has changed.',
  scheduled: 'The plan changes when the paid time is over. Nothing was charged.',
  kept: 'The present plan stays, and the scheduled change is dropped.',
  payment_required:
    'The payment did not succeed, so nothing has changed and no paid time is lost. The change takes effect when it is paid on the payment page within 23 hours.',
  not_changed:
    'The plan has not changed: the payment was not made in time. Ask for a new preview to try again.',
};

export const describeOutcome = (outcome: PlanChangeOutcome): string => OUTCOMES[outcome];

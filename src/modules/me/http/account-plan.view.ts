import { formatDay, formatMoney } from 'src/common/domain/money';
import { formPage } from 'src/common/http/form-page';
import { page } from 'src/common/http/page';
import { describeOutcome, describeQuote, type PlanChangeQuote } from 'src/modules/payments';

const BACK = { href: '/account', label: 'Your account' };

/** The offer, and the button that accepts it. */
export function offerPage(quote: PlanChangeQuote): string {
  const { id, plan, kind } = quote;
  return formPage({
    title: kind === 'keep' ? `Keep the ${plan} plan?` : `Switch to the ${plan} plan?`,
    text: `${describeQuote(quote)} This offer is valid for ten minutes.`,
    forms: [{ action: '/account/plan', submit: confirmation(quote), hidden: { plan, quote_id: id } }],
    links: [{ href: '/account', label: 'Change nothing' }],
  });
}

function confirmation({ kind, plan, dueNowMinor, currency, effectiveAt }: PlanChangeQuote): string {
  if (kind === 'keep') return `Keep the ${plan} plan`;
  if (kind === 'at_period_end') return `Switch on ${formatDay(effectiveAt)}`;
  return dueNowMinor > 0 ? `Switch and pay ${formatMoney(dueNowMinor, currency)}` : 'Switch now';
}

/** The offer cannot be accepted any more. */
export const outdatedPage = (plan: string): string =>
  formPage({
    title: 'This offer is out of date',
    text: 'Nothing has changed and nothing was charged. Look at the present offer.',
    forms: [{ action: '/account/plan/preview', submit: 'Show the present offer', hidden: { plan } }],
    links: [BACK],
  });

/** The payment of the change did not succeed. */
export const unpaidChangePage = (outcome: 'payment_required' | 'not_changed'): string =>
  page({
    title: 'Your plan has not changed',
    text: describeOutcome(outcome),
    tone: 'wait',
    link: outcome === 'payment_required' ? { href: '/account/pay', label: 'Pay' } : BACK,
    ...(outcome === 'payment_required' ? { secondLink: BACK } : {}),
  });

import type Stripe from 'stripe';
import { judgeUntouched } from './subscription-oracle';
import { chargesOf, moneyOf, nameOf, type Truth } from './truth';
import { no, yes, type Question, type Verdict } from './verdict';

/**
 * Who may read, why and until when, judged from Stripe's objects alone. Written from the design's policies and not from
 * the code of the rule, of which it imports nothing. Several verdicts when it does not matter which subscription speaks.
 */
export function judge(question: Question): Verdict[] {
  const { grants, truth, now } = question;
  const given = grants
    .filter((end) => end === undefined || now < end)
    .map((end): Verdict => yes('active', 'complimentary', end ?? null));
  const said = truth.subscriptions.map((subscription) => judgeOne(subscription, question));
  const granted = [...given, ...said.filter((one) => one.granted)];
  if (granted.length > 0) return best(granted, ({ until }) => until ?? Infinity);
  return best(said, ({ state }) => ORDER.indexOf(state))
    .concat(said.length === 0 ? [no('none', 'no_subscription')] : [])
    .map((verdict) => withOpenLink(verdict, question))
    .flatMap((verdict) => [verdict, ...moreExact(verdict, truth)]);
}

/**
 * Reasons that say more. Stripe's objects show when they are possible, but not that they are right: whose card has had a
 * trial before, and whether a declined attempt came from the page that is open, is for tests of their own.
 */
function moreExact(verdict: Verdict, { subscriptions, charges }: Truth): Verdict[] {
  const hadTrial = subscriptions.some(
    ({ ended_at: ended, trial_start: trial }) => ended !== null && trial !== null,
  );
  if (verdict.reason === 'canceled' && hadTrial) return [{ ...verdict, reason: 'trial_card_used' }];
  const isDeclined = charges.some(({ status }) => status === 'failed');
  if (verdict.reason === 'checkout_open' && isDeclined) return [{ ...verdict, reason: 'checkout_declined' }];
  return [];
}

/** Of several refusals the most useful one is told. */
const ORDER = ['none', 'expired', 'past_due', 'revoked', 'pending'];

function best(verdicts: readonly Verdict[], worth: (verdict: Verdict) => number): Verdict[] {
  const top = Math.max(...verdicts.map(worth));
  const equals = verdicts.filter((verdict) => worth(verdict) === top);
  if (equals[0]?.granted !== false) return equals;
  const latest = Math.max(...equals.map(({ until }) => until ?? -Infinity));
  return equals.filter(({ until }) => (until ?? -Infinity) === latest);
}

function withOpenLink(verdict: Verdict, { truth, now }: Question): Verdict {
  const isOpen = truth.sessions.some((link) => link.status === 'open' && now < link.expires_at);
  if (!isOpen || !['none', 'expired'].includes(verdict.state)) return verdict;
  return { ...verdict, state: 'pending', reason: 'checkout_open' };
}

/** The periods of an invoice whose money is gone are gone with it, also when more was billed since. */
function judgeOne(subscription: Stripe.Subscription, question: Question): Verdict {
  const { now } = question;
  const own = invoicesOf(subscription, question.truth);
  const taken = own.flatMap((invoice) => {
    const reason = reasonToTake(invoice, question);
    return reason === undefined ? [] : invoice.lines.data.map(({ period }) => ({ reason, period }));
  });
  const current = taken.filter(({ period }) => period.start <= now && now < period.end);
  if (current.length > 0)
    return no('revoked', current.some(({ reason }) => reason === 'refunded') ? 'refunded' : 'disputed');
  const verdict = judgeUntouched(subscription, own, question);
  const next = Math.min(...taken.map(({ period }) => period.start).filter((start) => start > now));
  return verdict.granted && next < (verdict.until ?? Infinity) ? { ...verdict, until: next } : verdict;
}

function reasonToTake(invoice: Stripe.Invoice, { truth, terms }: Question): string | undefined {
  const { collected, returned } = moneyOf(invoice, truth);
  if (collected > 0 && returned >= collected) return 'refunded';
  const charges = chargesOf(invoice, truth).map(({ id }) => id);
  const disputes = truth.disputes.filter(({ charge }) => charges.includes(nameOf(charge)));
  const isLost = disputes.some(({ status }) => status === 'lost');
  const isOpen = disputes.some(({ status }) => status === 'needs_response' || status === 'under_review');
  return isLost || (isOpen && terms.disputes === 'revoke') ? 'disputed' : undefined;
}

const invoicesOf = ({ id }: Stripe.Subscription, { invoices }: Truth): Stripe.Invoice[] =>
  invoices.filter(({ parent }) => nameOf(parent?.subscription_details?.subscription) === id);

import type Stripe from 'stripe';
import { chargesOf, moneyOf, nameOf, type Truth } from './truth';
import { no, yes, type Question, type Verdict } from './verdict';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** How long a renewal may take, and the first charge after a trial. */
const RENEWAL = 72 * HOUR;
const AFTER_TRIAL = 3 * HOUR;

/** What one subscription justifies while none of its money was taken back. `own` are its invoices. */
export function judgeUntouched(
  subscription: Stripe.Subscription,
  own: readonly Stripe.Invoice[],
  question: Question,
): Verdict {
  switch (subscription.status) {
    case 'trialing':
      return judgeTrial(subscription, question);
    case 'active':
      return judgeActive(subscription, own, question);
    case 'past_due':
      return judgePastDue(subscription, own, question);
    case 'incomplete':
      return no('pending', 'payment_pending');
    case 'incomplete_expired':
      return no('expired', 'payment_failed');
    case 'canceled':
      return judgeEnded(subscription, own, question);
    case 'unpaid':
    case 'paused':
      return no('expired', subscription.status);
    default:
      return no('expired', 'unknown_status');
  }
}

function judgeTrial(subscription: Stripe.Subscription, { now }: Question): Verdict {
  const end = subscription.trial_end ?? endOf(subscription);
  const late = end + AFTER_TRIAL;
  const until = now < end ? end : late;
  return upTo(subscription, now, yes('trialing', 'trial', until), no('expired', 'trial_ended', late));
}

function judgeActive(
  subscription: Stripe.Subscription,
  own: readonly Stripe.Invoice[],
  { terms, now }: Question,
): Verdict {
  const bill = billOfPeriod(subscription, own);
  const isFree = bill?.amount_due === 0 && isUnpaid(bill);
  if (bill === undefined || bill.status === 'paid' || isFree) return periodOf(subscription, now, 'paid');
  if (bill.billing_reason === 'subscription_create')
    return isUnpaid(bill) ? no('pending', 'payment_pending') : no('expired', 'invoice_void');
  if (bill.status === 'uncollectible') return judgeWrittenOff(subscription, bill, { terms, now });
  // A draft that nobody finalises cannot be paid: it was stopped on purpose.
  const isStopped = bill.status === 'draft' && bill.auto_advance === false;
  if (subscription.pause_collection !== null || isStopped) return judgePaused(subscription, { terms, now });
  if (bill.status === 'void') return periodOf(subscription, now, 'free_period');
  const until = bill.created + (hasPaid(own) ? RENEWAL : AFTER_TRIAL);
  const over = hasPaid(own) ? no('expired', 'renewal_overdue', until) : no('pending', 'payment_pending');
  return upTo(subscription, now, yes('active', 'renewal_in_progress', until), over);
}

type Terminable = Pick<Question, 'terms' | 'now'>;

function judgeWrittenOff(
  subscription: Stripe.Subscription,
  bill: Stripe.Invoice,
  { terms, now }: Terminable,
): Verdict {
  const why = bill.status_details?.uncollectible?.reason;
  if (why === 'subscription_paused') return judgePaused(subscription, { terms, now });
  return why === 'user_forgiven' ? periodOf(subscription, now, 'free_period') : no('expired', 'written_off');
}

const judgePaused = (subscription: Stripe.Subscription, { terms, now }: Terminable): Verdict =>
  terms.pausedCollection === 'keep'
    ? periodOf(subscription, now, 'free_period')
    : no('expired', 'collection_paused');

/** A period that is paid, or was given away. Its renewal may take its time. */
function periodOf(subscription: Stripe.Subscription, now: number, reason: string): Verdict {
  const end = endOf(subscription);
  const overdue = (until: number) => no('expired', 'renewal_overdue', until);
  return now < end
    ? upTo(subscription, now, yes('active', reason, end), overdue(end))
    : upTo(subscription, now, yes('active', 'renewal_in_progress', end + RENEWAL), overdue(end + RENEWAL));
}

/** Grace for those who have paid, from when the oldest unpaid invoice became final. */
function judgePastDue(
  subscription: Stripe.Subscription,
  own: readonly Stripe.Invoice[],
  { terms, now }: Question,
): Verdict {
  if (!hasPaid(own)) return no('past_due', 'payment_failed');
  const open = own.filter(({ status }) => status === 'open');
  const since = open.map((bill) => bill.status_transitions.finalized_at ?? bill.created);
  const until = Math.min(...(since.length > 0 ? since : [startOf(subscription)])) + terms.graceDays * DAY;
  const over = no('past_due', 'payment_failed', until);
  return upTo(subscription, now, yes('past_due', 'payment_failed_grace', until), over);
}

/** A refund that ended it and then failed gives the paid time back, and nothing else does. */
function judgeEnded(
  subscription: Stripe.Subscription,
  own: readonly Stripe.Invoice[],
  { truth, now }: Question,
): Verdict {
  const ended = subscription.ended_at;
  const ends = own
    .filter((bill) => bill.status === 'paid' && isFailedRefund(bill, truth, ended ?? 0))
    .flatMap(({ lines }) => lines.data)
    .filter((line) => !isProration(line) && line.period.start <= now && now < line.period.end)
    .map(({ period }) => period.end);
  return ends.length === 0
    ? no('expired', 'canceled', ended)
    : yes('canceling', 'refund_failed', Math.max(...ends));
}

/** All of the money was on its way back when the subscription ended, and it came to nothing. */
function isFailedRefund(bill: Stripe.Invoice, truth: Truth, endedAt: number): boolean {
  const charges = chargesOf(bill, truth).map(({ id }) => id);
  const tried = truth.refunds.filter(
    ({ charge, created }) => charges.includes(nameOf(charge)) && created <= endedAt,
  );
  const amount = tried.reduce((sum, refund) => sum + refund.amount, 0);
  return tried.some(({ status }) => status === 'failed') && amount >= moneyOf(bill, truth).collected;
}

/** What is granted ends with the cancellation when that comes first. */
function upTo(subscription: Stripe.Subscription, now: number, granted: Verdict, over: Verdict): Verdict {
  const cancelAt = subscription.cancel_at ?? (subscription.cancel_at_period_end ? endOf(subscription) : null);
  const until = granted.until ?? Infinity;
  if (cancelAt !== null && cancelAt <= until) {
    if (now >= cancelAt) return no('expired', 'canceled', cancelAt);
    const isOwing = granted.state === 'past_due';
    return isOwing ? { ...granted, until: cancelAt } : yes('canceling', 'canceled_at_period_end', cancelAt);
  }
  if (now >= until) return over;
  return cancelAt !== null && granted.state === 'active' ? { ...granted, state: 'canceling' } : granted;
}

/** The newest invoice that sells the current period, or a part of it. One of a change that waits sells nothing yet. */
function billOfPeriod(
  subscription: Stripe.Subscription,
  own: readonly Stripe.Invoice[],
): Stripe.Invoice | undefined {
  const waits = (bill: Stripe.Invoice) =>
    subscription.pending_update !== null &&
    bill.billing_reason === 'subscription_update' &&
    bill.status !== 'paid';
  return own
    .filter((bill) => !waits(bill))
    .filter(({ lines }) =>
      lines.data.some(
        (line) =>
          !isProration(line) &&
          line.period.start < endOf(subscription) &&
          line.period.end > startOf(subscription),
      ),
    )
    .toSorted(newestFirst)[0];
}

/** Times are whole seconds: of two invoices of one second a settled one decides. */
const newestFirst = (a: Stripe.Invoice, b: Stripe.Invoice): number =>
  b.created - a.created || Number(isUnpaid(a)) - Number(isUnpaid(b)) || b.id.localeCompare(a.id);

const isUnpaid = ({ status }: Stripe.Invoice): boolean => status === 'draft' || status === 'open';

const hasPaid = (own: readonly Stripe.Invoice[]): boolean =>
  own.some(({ status, total }) => status === 'paid' && total > 0);

const isProration = ({ parent }: Stripe.InvoiceLineItem): boolean =>
  parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false;

const endOf = ({ items }: Stripe.Subscription): number =>
  Math.max(...items.data.map(({ current_period_end: end }) => end));

const startOf = ({ items }: Stripe.Subscription): number =>
  Math.max(...items.data.map(({ current_period_start: start }) => start));

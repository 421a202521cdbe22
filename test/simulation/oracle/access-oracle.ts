import { DAY, type StripeInvoice, type StripeSubscription } from '../stripe/objects';
import type { StripeModel } from '../stripe/stripe-model';

const LEEWAY = 72 * 3600;
const GRACE = 14 * DAY;
/** Of a trial's end: the first charge is due. */
const TRIAL_LEEWAY = 3 * 3600;

/**
 * Who has paid for what, judged from Stripe's objects alone and written from the design, not from the code: access to
 * compare with. `now` is business time in seconds.
 */
export function hasPaidAccess(model: StripeModel, userId: string, now: number): boolean {
  return [...model.subscriptions.values()].some((subscription) => {
    const owner = model.customers.get(subscription.customer)?.metadata['user_id'];
    return owner === userId && grants(model, subscription, now);
  });
}

function grants(model: StripeModel, subscription: StripeSubscription, now: number): boolean {
  const { status, cancel_at, trial_end, latest_invoice } = subscription;
  const invoice = model.invoices.get(latest_invoice ?? '');
  if (cancel_at !== null && cancel_at <= now) return false;
  switch (status) {
    case 'trialing':
      return trial_end !== null && now < trial_end + TRIAL_LEEWAY;
    case 'active':
      return isPaidFor(model, subscription, invoice, now);
    case 'past_due':
      return isInGrace(model, subscription, now);
    default:
      return false;
  }
}

function isPaidFor(
  model: StripeModel,
  subscription: StripeSubscription,
  invoice: StripeInvoice | undefined,
  now: number,
): boolean {
  if (invoice === undefined || invoice.status === 'paid')
    return now < subscription.current_period_end + LEEWAY;
  if (invoice.status !== 'draft' && invoice.status !== 'open') return false;
  if (invoice.billing_reason !== 'subscription_cycle') return false;
  // The first money must have arrived; a renewal may take its time.
  const leeway = hasPaid(model, subscription) ? LEEWAY : TRIAL_LEEWAY;
  return now < invoice.created + leeway;
}

function isInGrace(model: StripeModel, subscription: StripeSubscription, now: number): boolean {
  if (!hasPaid(model, subscription)) return false;
  const unpaid = invoicesOf(model, subscription)
    .filter(({ status }) => status === 'open')
    .map(({ finalized_at }) => finalized_at ?? now);
  const since = unpaid.length === 0 ? subscription.current_period_start : Math.min(...unpaid);
  return now < since + GRACE;
}

const hasPaid = (model: StripeModel, subscription: StripeSubscription): boolean =>
  invoicesOf(model, subscription).some(({ status }) => status === 'paid');

const invoicesOf = (model: StripeModel, { id, customer }: StripeSubscription): StripeInvoice[] =>
  model.invoicesOf(customer).filter(({ subscription }) => subscription === id);

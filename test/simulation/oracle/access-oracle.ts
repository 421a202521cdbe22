import { DAY, type StripeInvoice, type StripeSubscription } from '../stripe/objects';
import type { StripeModel } from '../stripe/stripe-model';

const LEEWAY = 72 * 3600;
const GRACE = 14 * DAY;

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
      return trial_end !== null && now < trial_end;
    case 'active':
      return isPaidFor(subscription, invoice, now);
    case 'past_due':
      return isInGrace(model, subscription, now);
    default:
      return false;
  }
}

function isPaidFor(
  subscription: StripeSubscription,
  invoice: StripeInvoice | undefined,
  now: number,
): boolean {
  if (invoice === undefined || invoice.status === 'paid')
    return now < subscription.current_period_end + LEEWAY;
  if (invoice.status !== 'draft' && invoice.status !== 'open') return false;
  // The first money must have arrived; a renewal may take its time.
  return invoice.billing_reason === 'subscription_cycle' && now < invoice.created + LEEWAY;
}

function isInGrace(model: StripeModel, subscription: StripeSubscription, now: number): boolean {
  const invoices = model
    .invoicesOf(subscription.customer)
    .filter((one) => one.subscription === subscription.id);
  const latest = model.invoices.get(subscription.latest_invoice ?? '');
  if (latest?.billing_reason === 'subscription_create' && latest.status !== 'paid') return false;
  const unpaid = invoices
    .filter(({ status }) => status === 'open')
    .map(({ finalized_at }) => finalized_at ?? now);
  const since = unpaid.length === 0 ? subscription.current_period_start : Math.min(...unpaid);
  return now < since + GRACE;
}

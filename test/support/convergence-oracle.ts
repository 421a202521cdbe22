import type Stripe from 'stripe';

const HOUR = 3600;
const RENEWAL_LEEWAY = 72 * HOUR;
/** Of a trial's end: the first charge is due. */
const TRIAL_LEEWAY = 3 * HOUR;
const GRACE = 14 * 24 * HOUR;

export interface BillingTruth {
  readonly subscriptions: readonly Stripe.Subscription[];
  readonly invoices: readonly Stripe.Invoice[];
  /** Business time in seconds. */
  readonly now: number;
}

/** Reads everything that Stripe knows of a customer's subscriptions. */
export async function readTruth(stripe: Stripe, customer: string, now: number): Promise<BillingTruth> {
  const subscriptions = await stripe.subscriptions.list({ customer, status: 'all', limit: 100 });
  const invoices = await stripe.invoices.list({ customer, limit: 100 });
  return { subscriptions: subscriptions.data, invoices: invoices.data, now };
}

/** Who has paid for what, judged from Stripe's objects alone and written from the design, not from the code. */
export function hasPaidAccess({ subscriptions, invoices, now }: BillingTruth): boolean {
  return subscriptions.some((subscription) => {
    const own = invoices.filter((invoice) => subscriptionOf(invoice) === subscription.id);
    const latestId = idOf(subscription.latest_invoice);
    return isGranted(subscription, { own, latest: own.find(({ id }) => id === latestId), now });
  });
}

interface Bill {
  readonly own: readonly Stripe.Invoice[];
  readonly latest: Stripe.Invoice | undefined;
  readonly now: number;
}

function isGranted(subscription: Stripe.Subscription, bill: Bill): boolean {
  const { latest, now } = bill;
  if (subscription.cancel_at !== null && subscription.cancel_at <= now) return false;
  const isFirst = latest?.billing_reason === 'subscription_create';
  switch (subscription.status) {
    case 'trialing':
      return subscription.trial_end !== null && now < subscription.trial_end + TRIAL_LEEWAY;
    case 'active':
      if (latest === undefined || latest.status === 'paid')
        return now < periodEnd(subscription) + RENEWAL_LEEWAY;
      return !isFirst && isCollecting(latest) && now < latest.created + RENEWAL_LEEWAY;
    case 'past_due':
      return !(isFirst && latest?.status !== 'paid') && now < unpaidSince(bill) + GRACE;
    default:
      return false;
  }
}

const isCollecting = ({ status }: Stripe.Invoice): boolean => status === 'draft' || status === 'open';

const periodEnd = ({ items }: Stripe.Subscription): number =>
  Math.max(...items.data.map(({ current_period_end }) => current_period_end));

const unpaidSince = ({ own, now }: Bill): number =>
  Math.min(
    now,
    ...own
      .filter(({ status }) => status === 'open')
      .map(({ status_transitions, created }) => status_transitions.finalized_at ?? created),
  );

const idOf = (reference: string | { id?: string } | null): string | undefined =>
  typeof reference === 'string' ? reference : reference?.id;

const subscriptionOf = ({ parent }: Stripe.Invoice): string | undefined =>
  idOf(parent?.subscription_details?.subscription ?? null);

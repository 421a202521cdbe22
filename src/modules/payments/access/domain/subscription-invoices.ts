import type { SubscriptionFacts } from 'src/modules/payments/domain/subscription';
import type { BilledInvoice, DecisionContext } from './access-facts';

/** The invoices of one subscription, in the words of the access rule. */
export interface SubscriptionInvoices {
  readonly all: readonly BilledInvoice[];
  /** Pays, or should pay, for the current period. Undefined: nothing is owed for it. */
  readonly current: BilledInvoice | undefined;
  /** Money was received for this subscription at least once. */
  readonly hasPaid: boolean;
}

export function invoicesOf(
  subscription: SubscriptionFacts,
  { facts }: Pick<DecisionContext, 'facts'>,
): SubscriptionInvoices {
  const recorded = facts.invoices.filter(({ subscriptionId }) => subscriptionId === subscription.id);
  const latest = latestOf(subscription);
  const isRecorded = latest === undefined || recorded.some(({ id }) => id === latest.id);
  const all = isRecorded ? recorded : [...recorded, latest];
  return {
    all,
    current: all.filter((invoice) => paysFor(subscription, invoice)).reduce(newer, undefined),
    hasPaid: all.some(isPayment) || (recorded.length === 0 && latest !== undefined && !isFirst(latest)),
  };
}

export const isFirst = ({ billingReason }: BilledInvoice): boolean => billingReason === 'subscription_create';

export const isCollecting = ({ status }: BilledInvoice): boolean => status === 'draft' || status === 'open';

export const isSettled = (invoice: BilledInvoice): boolean =>
  invoice.status === 'paid' || (invoice.amountDueMinor === 0 && isCollecting(invoice));

const isPayment = ({ status, totalMinor }: BilledInvoice): boolean => status === 'paid' && totalMinor > 0;

/** An invoice behind a pending update decides nothing: the update takes effect when it is paid, or not at all. */
function paysFor(subscription: SubscriptionFacts, invoice: BilledInvoice): boolean {
  if (subscription.pendingUpdate && isUpdate(invoice) && invoice.status !== 'paid') return false;
  return invoice.periods.some(
    ({ start, end, proration }) =>
      !proration && start < subscription.currentPeriodEnd && end > subscription.currentPeriodStart,
  );
}

const isUpdate = ({ billingReason }: BilledInvoice): boolean => billingReason === 'subscription_update';

/** Stripe's times are whole seconds. Of two invoices of one second a settled one decides, then the greater id. */
function newer(a: BilledInvoice | undefined, b: BilledInvoice): BilledInvoice {
  if (a === undefined) return b;
  const age = a.createdAt.getTime() - b.createdAt.getTime();
  if (age !== 0) return age > 0 ? a : b;
  if (isSettled(a) !== isSettled(b)) return isSettled(a) ? a : b;
  return a.id > b.id ? a : b;
}

/** The invoice that the subscription names, for one whose record of money has not been read yet. */
function latestOf(subscription: SubscriptionFacts): BilledInvoice | undefined {
  const { latestInvoice: invoice, currentPeriodStart: start, currentPeriodEnd: end } = subscription;
  if (invoice === null) return undefined;
  // A plan change leaves the period as paid as it was.
  const proration = !['subscription_create', 'subscription_cycle', 'unknown'].includes(invoice.billingReason);
  return {
    ...invoice,
    subscriptionId: subscription.id,
    totalMinor: invoice.amountDueMinor,
    finalizedAt: subscription.pastDueSince,
    dueAt: null,
    collectionMethod: 'charge_automatically',
    autoAdvance: true,
    uncollectibleReason: null,
    periods: [{ start, end, proration }],
  };
}

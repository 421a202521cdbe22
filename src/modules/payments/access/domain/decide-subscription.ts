import type { InvoiceFacts, SubscriptionFacts } from 'src/modules/payments/domain/subscription';
import type { Access, AccessReason, NextAction } from './access';
import type { DecisionContext } from './access-facts';

type Decision = Omit<Access, 'subscriptionId' | 'stale'> & { readonly stale?: boolean };

/**
 * The rule for one subscription. Every Stripe status, and any that Stripe may add, has its line. A denial that Stripe
 * could lift any moment is `stale`: a read of it asks for a sync, in case the event was lost.
 */
export function decideSubscription(subscription: SubscriptionFacts, context: DecisionContext): Access {
  return { stale: false, ...decide(subscription, context), subscriptionId: subscription.id };
}

function decide(subscription: SubscriptionFacts, context: DecisionContext): Decision {
  switch (subscription.status) {
    case 'trialing':
      return trialing(subscription, context);
    case 'active':
      return active(subscription, context);
    case 'past_due':
      return pastDue(subscription, context);
    case 'incomplete':
      return { ...denied('pending', 'payment_pending', 'complete_payment'), stale: true };
    case 'incomplete_expired':
      return denied('expired', 'payment_failed', 'subscribe');
    case 'canceled':
      return { ...denied('expired', 'canceled', 'subscribe'), until: subscription.endedAt };
    case 'unpaid':
      return { ...denied('expired', 'unpaid', 'update_payment_method'), stale: true };
    case 'paused':
      return { ...denied('expired', 'paused', 'update_payment_method'), stale: true };
    case 'unknown':
      return { ...denied('expired', 'unknown_status', 'contact_support'), stale: true };
  }
}

function trialing(subscription: SubscriptionFacts, { now }: DecisionContext): Decision {
  const end = subscription.trialEnd ?? subscription.currentPeriodEnd;
  return bounded(subscription, now, {
    granted: { state: 'trialing', reason: 'trial', until: end },
    over: { ...denied('expired', 'trial_ended', 'wait'), until: end, stale: true },
  });
}

function active(subscription: SubscriptionFacts, context: DecisionContext): Decision {
  const { latestInvoice: invoice, currentPeriodEnd } = subscription;
  const returned = invoice && findMoneyReturned(invoice, context);
  if (returned) return denied('revoked', returned, 'contact_support');
  if (invoice && !isSettled(invoice)) return unsettled(subscription, invoice, context);
  const leewayEnd = new Date(currentPeriodEnd.getTime() + context.policy.renewalLeewayMs);
  if (context.now < currentPeriodEnd) {
    return bounded(subscription, context.now, {
      granted: { state: 'active', reason: 'paid', until: currentPeriodEnd },
      over: lapsed(currentPeriodEnd),
    });
  }
  // Paid up to a moment that has passed, and no event about the renewal yet: give it time to arrive, and request a sync.
  return bounded(subscription, context.now, {
    granted: { state: 'active', reason: 'renewal_in_progress', until: leewayEnd, stale: true },
    over: lapsed(leewayEnd),
  });
}

function unsettled(
  subscription: SubscriptionFacts,
  invoice: InvoiceFacts,
  { policy, now }: DecisionContext,
): Decision {
  // Void, uncollectible or of a status we do not know: the period was never paid.
  if (!isCollecting(invoice)) return denied('expired', 'invoice_void', 'subscribe');
  // `active` is not `paid` for delayed methods: the first money must have arrived.
  // Reads while it is under way ask for a sync: its webhook may have been lost.
  if (isFirst(invoice)) return { ...denied('pending', 'payment_pending', 'wait'), stale: true };
  const end = new Date(invoice.createdAt.getTime() + policy.renewalLeewayMs);
  return bounded(subscription, now, {
    granted: { state: 'active', reason: 'renewal_in_progress', until: end, stale: true },
    over: lapsed(end),
  });
}

function pastDue(subscription: SubscriptionFacts, context: DecisionContext): Decision {
  const { latestInvoice } = subscription;
  const returned = latestInvoice && findMoneyReturned(latestInvoice, context);
  if (returned) return denied('revoked', returned, 'contact_support');
  // Grace is for those who have paid before: a first payment that failed has bought nothing.
  if (latestInvoice && isFirst(latestInvoice) && !isSettled(latestInvoice)) {
    return { ...denied('past_due', 'payment_failed', 'update_payment_method'), stale: true };
  }
  const since = subscription.pastDueSince ?? subscription.currentPeriodStart;
  const end = new Date(since.getTime() + context.policy.pastDueGraceMs);
  return bounded(subscription, context.now, {
    granted: {
      state: 'past_due',
      reason: 'payment_failed_grace',
      until: end,
      nextAction: 'update_payment_method',
    },
    over: { ...denied('past_due', 'payment_failed', 'update_payment_method'), until: end, stale: true },
  });
}

interface Bounds {
  readonly granted: Pick<Access, 'state' | 'reason'> & {
    until: Date;
    nextAction?: NextAction;
    stale?: boolean;
  };
  readonly over: Decision;
}

/** Grants until the bound or the scheduled cancellation, whichever comes first. */
function bounded({ cancelAt }: SubscriptionFacts, now: Date, { granted, over }: Bounds): Decision {
  if (cancelAt !== null && cancelAt <= granted.until) {
    if (now >= cancelAt)
      return { ...denied('expired', 'canceled', 'subscribe'), until: cancelAt, stale: true };
    const kept =
      granted.state === 'past_due'
        ? granted
        : { state: 'canceling' as const, reason: 'canceled_at_period_end' as const };
    return { granted: true, state: kept.state, reason: kept.reason, until: cancelAt, nextAction: 'resume' };
  }
  if (now >= granted.until) return over;
  // Scheduled to end later than what is paid for (a custom date): still ending.
  const state = cancelAt !== null && granted.state === 'active' ? 'canceling' : granted.state;
  return { nextAction: cancelAt === null ? 'none' : 'resume', ...granted, granted: true, state };
}

const isFirst = ({ billingReason }: InvoiceFacts): boolean => billingReason === 'subscription_create';

const isCollecting = ({ status }: InvoiceFacts): boolean => status === 'draft' || status === 'open';

/** Invoices that pay for a period. Any other (a plan change, an extra item) leaves the period as paid as it was. */
const PERIOD_REASONS: readonly string[] = ['subscription_create', 'subscription_cycle', 'unknown'];

const isSettled = (invoice: InvoiceFacts): boolean => {
  if (invoice.status === 'paid' || (invoice.amountDueMinor === 0 && isCollecting(invoice))) return true;
  return !isCollecting(invoice) && !PERIOD_REASONS.includes(invoice.billingReason);
};

function findMoneyReturned(
  invoice: InvoiceFacts,
  { facts, policy }: DecisionContext,
): AccessReason | undefined {
  if (facts.refunds.some(({ invoiceId, full }) => full && invoiceId === invoice.id)) return 'refunded';
  const disputes = facts.disputes.filter(({ invoiceId }) => invoiceId === invoice.id);
  const counts = disputes.some(
    ({ status }) => status === 'lost' || (status === 'open' && policy.disputes === 'revoke'),
  );
  return counts ? 'disputed' : undefined;
}

const denied = (state: Access['state'], reason: AccessReason, nextAction: NextAction): Decision => ({
  granted: false,
  state,
  reason,
  until: null,
  nextAction,
});

const lapsed = (until: Date): Decision => ({
  ...denied('expired', 'renewal_overdue', 'update_payment_method'),
  until,
  stale: true,
});

import type { SubscriptionFacts } from 'src/modules/payments/domain/subscription';
import type { Access, AccessReason, NextAction } from './access';
import type { BilledInvoice, DecisionContext } from './access-facts';
import { findRevocation, type Revocation } from './revocation';
import { invoicesOf, isSettled, type SubscriptionInvoices } from './subscription-invoices';
import { TRIAL_LEEWAY_MS, unsettledPeriod } from './unsettled-period';

type Decision = Omit<Access, 'subscriptionId' | 'grantId' | 'stale'> & { readonly stale?: boolean };

/**
 * The rule for one subscription. Every Stripe status, and any that Stripe may add, has its line. A denial that Stripe
 * could lift any moment is `stale`: a read of it asks for a sync, in case the event was lost.
 */
export function decideSubscription(subscription: SubscriptionFacts, context: DecisionContext): Access {
  const { now: revoked, nextStart } = findRevocation(subscription, context);
  const decision = revoked ? revocation(revoked) : decide(subscription, context);
  const until =
    decision.granted && nextStart !== undefined && (decision.until === null || nextStart < decision.until)
      ? nextStart
      : decision.until;
  return { stale: false, ...decision, until, subscriptionId: subscription.id, grantId: null };
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
      return ended(subscription, context);
    case 'unpaid':
      return { ...denied('expired', 'unpaid', 'update_payment_method'), stale: true };
    case 'paused':
      return { ...denied('expired', 'paused', 'subscribe'), stale: true };
    case 'unknown':
      return { ...denied('expired', 'unknown_status', 'contact_support'), stale: true };
  }
}

/** A refund ended it and then failed: the time that was paid for comes back, the billing does not. */
function ended(subscription: SubscriptionFacts, context: DecisionContext): Decision {
  const failed = context.facts.refunds.filter((refund) => refund.failed).map(({ invoiceId }) => invoiceId);
  const ends = invoicesOf(subscription, context)
    .all.filter(({ id, status }) => status === 'paid' && failed.includes(id))
    .flatMap(({ periods }) => periods)
    .filter(({ start, end, proration }) => !proration && start <= context.now && context.now < end)
    .map(({ end }) => end.getTime());
  const reason = context.facts.refusedTrials.includes(subscription.id) ? 'trial_card_used' : 'canceled';
  if (ends.length === 0) return { ...denied('expired', reason, 'subscribe'), until: subscription.endedAt };
  const until = new Date(Math.max(...ends));
  return { granted: true, state: 'canceling', reason: 'refund_failed', until, nextAction: 'none' };
}

/** Revoked for good leaves a purchase as the way back; an open dispute is for support to settle. */
const revocation = ({ cause }: Revocation): Decision =>
  cause === 'refunded'
    ? denied('revoked', 'refunded', 'subscribe')
    : denied('revoked', 'disputed', cause === 'disputed' ? 'contact_support' : 'subscribe');

function trialing(subscription: SubscriptionFacts, { now }: DecisionContext): Decision {
  const end = subscription.trialEnd ?? subscription.currentPeriodEnd;
  const granted = { state: 'trialing', reason: 'trial', until: end } as const;
  const leewayEnd = later(end, TRIAL_LEEWAY_MS);
  return bounded(subscription, now, {
    granted: now < end ? granted : { ...granted, until: leewayEnd, stale: true },
    over: { ...denied('expired', 'trial_ended', 'wait'), until: leewayEnd, stale: true },
  });
}

function active(subscription: SubscriptionFacts, context: DecisionContext): Decision {
  const invoices = invoicesOf(subscription, context);
  const { current } = invoices;
  if (current === undefined || isSettled(current)) return settled(subscription, context, 'paid');
  const outcome = unsettledPeriod({ subscription, invoices, current, policy: context.policy });
  if ('denied' in outcome) return outcome.denied;
  if (outcome.until === 'period_end') return settled(subscription, context, 'free_period');
  const { until, nextAction, over } = outcome;
  return bounded(subscription, context.now, {
    granted: { state: 'active', reason: 'renewal_in_progress', until, nextAction, stale: true },
    over: over ?? lapsed(until),
  });
}

/** Nothing is open for the current period: it is paid, costs nothing, or was given away on purpose. */
function settled(
  subscription: SubscriptionFacts,
  { policy, now }: DecisionContext,
  reason: 'paid' | 'free_period',
): Decision {
  const { currentPeriodEnd } = subscription;
  if (now < currentPeriodEnd) {
    return bounded(subscription, now, {
      granted: { state: 'active', reason, until: currentPeriodEnd },
      over: lapsed(currentPeriodEnd),
    });
  }
  // Paid up to a moment that has passed, and no event about the renewal yet: give it time to arrive, and request a sync.
  const leewayEnd = later(currentPeriodEnd, policy.renewalLeewayMs);
  return bounded(subscription, now, {
    granted: { state: 'active', reason: 'renewal_in_progress', until: leewayEnd, stale: true },
    over: lapsed(leewayEnd),
  });
}

/** Grace is for those who have paid before, from the finalisation of the oldest unpaid invoice, on our own clock. */
function pastDue(subscription: SubscriptionFacts, context: DecisionContext): Decision {
  const invoices = invoicesOf(subscription, context);
  const over = { ...denied('past_due', 'payment_failed', 'update_payment_method'), stale: true };
  if (!invoices.hasPaid) return over;
  const until = graceEnd(subscription, invoices, context);
  return bounded(subscription, context.now, {
    granted: {
      state: 'past_due',
      reason: 'payment_failed_grace',
      until,
      nextAction: 'update_payment_method',
    },
    over: { ...over, until },
  });
}

function graceEnd(
  subscription: SubscriptionFacts,
  { all }: SubscriptionInvoices,
  { policy }: DecisionContext,
): Date {
  const ends = all
    .filter(({ status }) => status === 'open')
    .map((invoice) => graceEndOf(invoice, policy.pastDueGraceMs).getTime());
  const since = subscription.pastDueSince ?? subscription.currentPeriodStart;
  return ends.length === 0 ? later(since, policy.pastDueGraceMs) : new Date(Math.min(...ends));
}

/** An invoice that is sent has its due date instead of a grace. */
const graceEndOf = (
  { dueAt, finalizedAt, createdAt, collectionMethod }: BilledInvoice,
  graceMs: number,
): Date =>
  collectionMethod === 'send_invoice' && dueAt !== null ? dueAt : later(finalizedAt ?? createdAt, graceMs);

interface Bounds {
  readonly granted: Pick<Access, 'state' | 'reason'> & {
    until: Date;
    nextAction?: NextAction | undefined;
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
  const { nextAction = cancelAt === null ? 'none' : 'resume', ...rest } = granted;
  return { ...rest, nextAction, granted: true, state };
}

const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

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

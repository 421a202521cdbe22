import type { AccessExplanation } from 'src/modules/operators/access-explanation.service';
import type { Grant, StoredSubscription } from 'src/modules/payments';
import type { ExplanationResponse, GrantResponse, SubscriptionResponse } from './explanation.schema';
import { iso, toAccessResponse } from './operator.schema';

export function toExplanationResponse(explanation: AccessExplanation): ExplanationResponse {
  const { user, access, decidedAt } = explanation;
  return {
    user_id: user.id,
    decided_at: decidedAt.toISOString(),
    access: {
      ...toAccessResponse(access),
      subscription_id: access.subscriptionId ?? undefined,
      next_action: access.nextAction,
      stale: access.stale,
    },
    facts: toFacts(explanation),
    last_transition: toLastTransition(explanation),
  };
}

export function toGrantResponse(grant: Grant): GrantResponse {
  return {
    id: grant.id,
    reason: grant.reason,
    starts_at: grant.startsAt.toISOString(),
    ends_at: iso(grant.endsAt),
    granted_by: grant.grantedBy,
    created_at: grant.createdAt.toISOString(),
    revoked_at: iso(grant.revokedAt),
  };
}

function toFacts({
  customers,
  subscriptions,
  facts,
  unfinishedEvents,
}: AccessExplanation): ExplanationResponse['facts'] {
  const { refunds, disputes, grants, checkout } = facts;
  return {
    customers: customers.map(({ id, current, lastSyncedAt, syncFailures }) => ({
      id,
      current,
      last_synced_at: iso(lastSyncedAt),
      sync_failures: syncFailures,
    })),
    subscriptions: subscriptions.map(toSubscription),
    refunds: refunds.map(({ id, invoiceId, amountMinor, full, createdAt }) => ({
      id,
      invoice_id: invoiceId,
      amount: amountMinor,
      full,
      created_at: createdAt.toISOString(),
    })),
    disputes: disputes.map(({ id, invoiceId, status, createdAt }) => ({
      id,
      invoice_id: invoiceId,
      status,
      created_at: createdAt.toISOString(),
    })),
    grants: grants.map(toGrantResponse),
    latest_checkout: checkout && {
      session_id: checkout.sessionId,
      plan: checkout.plan,
      status: checkout.status,
      payment_status: checkout.paymentStatus,
      created_at: checkout.createdAt.toISOString(),
      expires_at: checkout.expiresAt.toISOString(),
    },
    unfinished_events: unfinishedEvents,
  };
}

function toSubscription(one: StoredSubscription): SubscriptionResponse {
  const { latestInvoice: invoice } = one;
  return {
    id: one.id,
    customer_id: one.customerId,
    status: one.status,
    plan: one.plan ?? undefined,
    current_period_start: one.currentPeriodStart.toISOString(),
    current_period_end: one.currentPeriodEnd.toISOString(),
    trial_end: iso(one.trialEnd),
    cancel_at: iso(one.cancelAt),
    ended_at: iso(one.endedAt),
    past_due_since: iso(one.pastDueSince),
    created_at: one.createdAt.toISOString(),
    latest_invoice:
      invoice === null
        ? undefined
        : {
            id: invoice.id,
            status: invoice.status,
            amount_due: invoice.amountDueMinor,
            billing_reason: invoice.billingReason,
            created_at: invoice.createdAt.toISOString(),
          },
  };
}

function toLastTransition({
  facts: { lastTransition: last },
  causeRowId,
}: AccessExplanation): ExplanationResponse['last_transition'] {
  return (
    last && {
      from: last.from,
      to: last.to,
      granted: last.granted,
      reason: last.reason,
      until: iso(last.until),
      subscription_id: last.subscriptionId ?? undefined,
      cause: { ...last.cause, webhook_event_id: causeRowId },
      created_at: last.createdAt.toISOString(),
    }
  );
}

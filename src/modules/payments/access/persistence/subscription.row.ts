import type {
  InvoiceStatus,
  Plan,
  SubscriptionFacts,
  SubscriptionStatus,
} from 'src/modules/payments/domain/subscription';

/** A stored subscription: the facts of the rule and what answers and operations show of it. */
export interface StoredSubscription extends SubscriptionFacts {
  readonly customerId: string;
  readonly plan: Plan | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly createdAt: Date;
}

/** The columns as the driver returns them. */
export interface SubscriptionRow {
  id: string;
  customer_id: string;
  status: SubscriptionStatus;
  plan: Plan | null;
  current_period_start: Date;
  current_period_end: Date;
  trial_end: Date | null;
  cancel_at_period_end: boolean;
  cancel_at: Date | null;
  ended_at: Date | null;
  past_due_since: Date | null;
  latest_invoice_id: string | null;
  latest_invoice_status: InvoiceStatus | null;
  latest_invoice_amount_due_minor: string | null;
  latest_invoice_billing_reason: string | null;
  latest_invoice_created_at: Date | null;
  created_at: Date;
}

export function toStoredSubscription(row: SubscriptionRow): StoredSubscription {
  return {
    id: row.id,
    customerId: row.customer_id,
    status: row.status,
    plan: row.plan,
    currentPeriodStart: row.current_period_start,
    currentPeriodEnd: row.current_period_end,
    trialEnd: row.trial_end,
    cancelAtPeriodEnd: row.cancel_at_period_end,
    cancelAt: row.cancel_at,
    endedAt: row.ended_at,
    pastDueSince: row.past_due_since,
    createdAt: row.created_at,
    latestInvoice: toInvoice(row),
  };
}

function toInvoice(row: SubscriptionRow): StoredSubscription['latestInvoice'] {
  if (row.latest_invoice_id === null || row.latest_invoice_created_at === null) return null;
  return {
    id: row.latest_invoice_id,
    status: row.latest_invoice_status ?? 'unknown',
    amountDueMinor: Number(row.latest_invoice_amount_due_minor),
    billingReason: row.latest_invoice_billing_reason ?? 'unknown',
    createdAt: row.latest_invoice_created_at,
  };
}

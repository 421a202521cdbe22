import type { ExportedTable } from './exported-table';

const OWN = 'user_id = $1';
const WORK = 'state of the work in progress';
const OPERATOR = 'about the operator';
const LINK = 'a link that pays without sign-in';

const withhold = (reason: string, ...columns: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, reason]));

const PURCHASES: readonly ExportedTable[] = [
  {
    section: 'customers_at_stripe',
    table: 'subjects',
    ofUser: OWN,
    columns: ['id', 'last_synced_at'],
    withheld: {
      ...withhold(WORK, 'fence', 'lease_owner', 'leased_until', 'sync_requested', 'sync_served'),
      ...withhold(WORK, 'sync_failures', 'sync_hints', 'next_sync_at'),
    },
  },
  {
    section: 'checkouts',
    table: 'checkout_sessions',
    ofUser: OWN,
    columns: [
      ...['id', 'plan', 'promotion_code', 'status', 'payment_status', 'decline_code', 'declined_at'],
      ...['customer_id', 'created_at', 'expires_at', 'closed_at'],
    ],
    withheld: withhold(LINK, 'stripe_session_id', 'short_code', 'url', 'success_url', 'cancel_url'),
  },
  {
    section: 'trials',
    table: 'trials',
    ofUser: OWN,
    columns: ['subscription_id', 'refused', 'created_at'],
    withheld: { card_hash: 'a keyed hash of the card, which says nothing to anyone' },
  },
  {
    section: 'subscriptions',
    table: 'subscriptions',
    ofUser: OWN,
    columns: [
      ...['id', 'customer_id', 'status', 'grants_premium', 'plan', 'price_id', 'item_id'],
      ...['current_period_start', 'current_period_end', 'trial_end', 'cancel_at_period_end', 'cancel_at'],
      ...['ended_at', 'past_due_since', 'collection_paused', 'pending_update'],
      ...['latest_invoice_id', 'latest_invoice_status', 'latest_invoice_amount_due_minor'],
      ...['latest_invoice_billing_reason', 'latest_invoice_created_at', 'created_at', 'synced_at'],
    ],
    withheld: { fence: WORK },
  },
  {
    section: 'scheduled_plan_changes',
    table: 'scheduled_plan_changes',
    ofUser: OWN,
    columns: ['subscription_id', 'plan', 'price_id', 'effective_at', 'suspended', 'created_at'],
  },
  {
    section: 'plan_change_quotes',
    table: 'plan_change_quotes',
    ofUser: OWN,
    columns: [
      ...['id', 'subscription_id', 'item_id', 'from_price_id', 'plan', 'price_id', 'kind'],
      ...['proration_date', 'due_now_minor', 'next_amount_minor', 'currency', 'next_charge_at'],
      ...['effective_at', 'lifts_cancellation', 'expires_at', 'created_at'],
    ],
  },
  {
    section: 'billing_links',
    table: 'billing_links',
    ofUser: OWN,
    columns: ['flow', 'created_at', 'expires_at', 'used_at'],
    withheld: { code_hash: 'a hash that protects the account' },
  },
];

const LEDGER: readonly ExportedTable[] = [
  {
    section: 'invoices',
    table: 'invoices',
    ofUser: OWN,
    columns: [
      ...['id', 'customer_id', 'subscription_id', 'number', 'status', 'billing_reason', 'currency'],
      ...['subtotal_minor', 'discount_minor', 'tax_minor', 'total_minor', 'amount_due_minor'],
      ...['amount_paid_minor', 'amount_remaining_minor', 'credited_minor', 'period_start', 'period_end'],
      ...['created_at', 'finalized_at', 'paid_at', 'due_at', 'attempt_count', 'next_attempt_at'],
      ...['collection_method', 'auto_advance', 'uncollectible_reason'],
    ],
  },
  {
    section: 'invoice_lines',
    table: 'invoice_lines',
    ofUser: 'invoice_id IN (SELECT id FROM invoices WHERE user_id = $1)',
    columns: [
      ...['id', 'invoice_id', 'price_id', 'subscription_item_id', 'period_start', 'period_end'],
      ...['amount_minor', 'discount_minor', 'proration'],
    ],
  },
  {
    section: 'payments',
    table: 'payments',
    ofUser: OWN,
    columns: [
      ...['id', 'invoice_id', 'payment_intent_id', 'charge_id', 'status', 'currency', 'amount_minor'],
      ...['paid_at', 'card_brand', 'card_last4', 'fee_minor', 'failure_code', 'refunded_minor', 'disputed'],
      'created_at',
    ],
  },
  {
    section: 'refunds',
    table: 'refunds',
    ofUser: OWN,
    columns: ['id', 'invoice_id', 'amount_minor', 'is_full', 'status', 'created_at'],
  },
  {
    section: 'disputes',
    table: 'disputes',
    ofUser: OWN,
    columns: ['id', 'invoice_id', 'status', 'created_at'],
  },
  {
    section: 'refund_requests',
    table: 'refund_requests',
    ofUser: OWN,
    columns: [
      ...['id', 'invoice_id', 'invoice_number', 'amount_minor', 'currency', 'reason', 'status'],
      ...['created_at', 'decided_at', 'decline_reason'],
    ],
    withheld: { decided_by: OPERATOR },
  },
];

const ACCESS: readonly ExportedTable[] = [
  {
    section: 'grants',
    table: 'grants',
    ofUser: OWN,
    columns: ['id', 'reason', 'starts_at', 'ends_at', 'revoked_at', 'created_at'],
    withheld: { granted_by: OPERATOR },
  },
  {
    section: 'changes_of_access',
    table: 'entitlement_transitions',
    ofUser: OWN,
    columns: [
      ...['id', 'from_state', 'to_state', 'granted', 'reason', 'access_until', 'subscription_id'],
      ...['cause_kind', 'cause_id', 'business_time', 'created_at'],
    ],
  },
  {
    section: 'requests_to_stripe',
    table: 'stripe_operations',
    ofUser: OWN,
    columns: ['kind', 'status', 'result_id', 'error_code', 'created_at', 'finished_at'],
    withheld: {
      params: 'can hold links that pay without sign-in; what was sent about the person is the profile',
      ...withhold(WORK, 'id', 'target', 'request_id'),
    },
  },
  {
    section: 'tasks_of_operators',
    table: 'operator_tasks',
    ofUser: OWN,
    columns: ['kind', 'fact', 'customer_id', 'details', 'opened_at', 'resolved_at', 'resolution'],
    withheld: withhold(OPERATOR, 'id', 'resolved_by'),
  },
  {
    section: 'differences_to_stripe',
    table: 'drift_findings',
    ofUser: OWN,
    columns: [
      ...['kind', 'customer_id', 'subscription_id', 'here', 'there', 'found_at', 'last_seen_at'],
      ...['repair_requested_at', 'resolved_at'],
    ],
    withheld: { id: WORK },
  },
];

/** Purchases, the record of money, and what it means for access. */
export const EXPORTED_MONEY: readonly ExportedTable[] = [...PURCHASES, ...LEDGER, ...ACCESS];

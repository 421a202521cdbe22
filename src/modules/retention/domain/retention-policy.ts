/** Rows of one table that nobody needs any more. */
export interface DeletedRows {
  readonly table: string;
  /** In words, for docs/retention.md. */
  readonly kept: string;
  /** An SQL condition over the table, constant text. All times are the database's. */
  readonly isOver: string;
}

/** A table whose rows stay until something other than time ends them. */
export interface KeptTable {
  readonly table: string;
  readonly kept: string;
}

const days = (column: string, count: number): string => `${column} < now() - interval '${count} days'`;

/** Tables that the retention job cleans. A new table gets a line here or in `KEPT_TABLES`; docs/retention.md repeats both. */
export const DELETED_ROWS: readonly DeletedRows[] = [
  {
    table: 'alerts',
    kept: '400 days after the incident was over',
    isOver: days('closed_at', 400),
  },
  {
    table: 'auth_attempt_counters',
    kept: 'until its attempts are forgotten',
    isOver: 'expires_at < clock_timestamp() AND blocked_until < clock_timestamp()',
  },
  {
    table: 'auth_email_requests',
    kept: 'one hour: nobody waits longer for an email',
    isOver: `created_at < now() - interval '1 hour'`,
  },
  {
    table: 'auth_email_tokens',
    kept: '30 days after its link has expired',
    isOver: days('expires_at', 30),
  },
  {
    table: 'auth_known_addresses',
    kept: '180 days after the last sign-in from there',
    isOver: days('seen_at', 180),
  },
  { table: 'auth_oidc_payloads', kept: 'until it expires', isOver: 'expires_at < now()' },
  {
    table: 'auth_refresh_tokens',
    kept: 'until it expires: it is refused whether it is known or not',
    isOver: 'expires_at < now()',
  },
  {
    table: 'auth_sessions',
    kept: '90 days after it was revoked or has expired, to answer questions of its owner',
    isOver: `${days('expires_at', 90)} OR ${days('revoked_at', 90)}`,
  },
  {
    table: 'billing_links',
    kept: '30 days after it expired',
    isOver: days('expires_at', 30),
  },
  {
    table: 'checkout_sessions',
    kept: '90 days when it expired unpaid; a completed one is kept like a payment',
    isOver: `status = 'expired' AND payment_status = 'unpaid' AND ${days('closed_at', 90)}`,
  },
  {
    table: 'drift_findings',
    kept: '400 days after it was resolved',
    isOver: days('resolved_at', 400),
  },
  {
    table: 'outbox',
    kept: '30 days after it was sent or given up; the content is deleted at once',
    isOver: `status <> 'pending' AND ${days('settled_at', 30)}`,
  },
  {
    table: 'plan_change_quotes',
    kept: '30 days after it expired',
    isOver: days('expires_at', 30),
  },
  {
    table: 'refused_deliveries',
    kept: '90 days after the last one of its period',
    isOver: days('last_at', 90),
  },
  {
    table: 'sweeps',
    kept: '90 days after it began',
    isOver: days('started_at', 90),
  },
  {
    table: 'webhook_events',
    kept: '90 days after it was processed or ignored, longer than Stripe lists events (30 days); dead ones until they are replayed',
    isOver: `status IN ('processed', 'ignored') AND ${days('coalesce(processed_at, received_at)', 90)}`,
  },
  {
    table: 'worker_heartbeats',
    kept: 'one day after the last beat',
    isOver: days('beat_at', 1),
  },
];

const COURSE = 'learning record: deleted with the account, at most one row per user and part of the course';
const MONEY = 'record of a payment or of a decision about access: accounting and disputes need it';
const PER_USER = 'deleted with the account, a bounded number of rows per user';
const BOUNDED = 'bounded: does not grow with use';

/** Tables that the job leaves alone, with the reason. */
export const KEPT_TABLES: readonly KeptTable[] = [
  { table: 'audit_log', kept: 'acts of operators: append-only by a trigger' },
  { table: 'auth_clients', kept: BOUNDED },
  { table: 'auth_credentials', kept: PER_USER },
  { table: 'certificates', kept: 'a certificate can be verified as long as the account exists' },
  { table: 'course_search', kept: 'deleted with its version of the course' },
  { table: 'course_search_versions', kept: 'a new version of the course deletes those that nobody uses' },
  { table: 'course_search_words', kept: 'deleted with its version of the course' },
  { table: 'disputes', kept: MONEY },
  { table: 'entitlement_transitions', kept: MONEY },
  { table: 'event_attempts', kept: 'deleted with its event' },
  { table: 'event_cursors', kept: BOUNDED },
  { table: 'grants', kept: MONEY },
  { table: 'invoice_lines', kept: MONEY },
  { table: 'invoices', kept: MONEY },
  { table: 'learner_time_zones', kept: COURSE },
  { table: 'learners', kept: PER_USER },
  { table: 'migrations', kept: BOUNDED },
  { table: 'operator_tasks', kept: MONEY },
  { table: 'payments', kept: MONEY },
  { table: 'plans', kept: BOUNDED },
  {
    table: 'quiz_attempts',
    kept: 'learning record: deleted with the account; requests per user are limited',
  },
  { table: 'refund_requests', kept: MONEY },
  { table: 'refunds', kept: MONEY },
  { table: 'scheduled_plan_changes', kept: PER_USER },
  { table: 'section_progress', kept: COURSE },
  { table: 'section_visits', kept: COURSE },
  { table: 'stripe_operations', kept: MONEY },
  {
    table: 'study_days',
    kept: 'learning record: deleted with the account, at most one row per user and day',
  },
  { table: 'subjects', kept: 'one row per customer and user: leases and fences must not restart' },
  { table: 'subscriptions', kept: MONEY },
  { table: 'trials', kept: MONEY },
  { table: 'users', kept: 'until the account is deleted' },
];

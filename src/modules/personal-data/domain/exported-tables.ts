import { EXPORTED_MONEY } from './exported-money';
import type { ExportedTable, UnexportedTable } from './exported-table';

const OWN = 'user_id = $1';
const SECRET = 'a hash that protects the account';
const DELIVERY = 'state of the delivery';
const WORK = 'state of the work in progress';

/** The customers at Stripe that belong, or once belonged, to the user. */
const OF_CUSTOMER = `subject_id IN (SELECT id FROM subjects WHERE user_id = $1
  UNION ALL SELECT stripe_customer_id FROM users WHERE id = $1)`;

const withhold = (reason: string, ...columns: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, reason]));

const ACCOUNT: readonly ExportedTable[] = [
  {
    section: 'profile',
    table: 'users',
    ofUser: 'id = $1',
    columns: ['id', 'email', 'full_name', 'role', 'stripe_customer_id', 'email_verified_at', 'created_at'],
    withheld: { updated_at: 'technical' },
  },
  {
    section: 'password',
    table: 'auth_credentials',
    ofUser: OWN,
    columns: ['changed_at'],
    withheld: { password_hash: SECRET },
  },
  {
    section: 'sessions',
    table: 'auth_sessions',
    ofUser: OWN,
    columns: [
      ...['id', 'kind', 'client_id', 'device', 'created_at', 'last_used_at'],
      ...['expires_at', 'revoked_at', 'revoke_reason'],
    ],
    withheld: { cookie_hash: SECRET },
  },
  {
    section: 'links_in_emails',
    table: 'auth_email_tokens',
    ofUser: OWN,
    columns: ['purpose', 'email', 'issued_at', 'expires_at', 'used_at'],
    withheld: { token_hash: SECRET, ...withhold('counts against abuse', 'day_started_at', 'issued_in_day') },
  },
  {
    section: 'emails',
    table: 'outbox',
    ofUser: OWN,
    columns: ['key', 'status', 'created_at', 'settled_at'],
    withheld: {
      content: 'encrypted, and deleted when the email is sent; the owner has the email',
      ...withhold(DELIVERY, 'id', 'attempts', 'next_attempt_at', 'expires_at', 'last_error'),
    },
  },
  {
    section: 'acts_of_operators',
    table: 'audit_log',
    ofUser: OWN,
    columns: ['action', 'target_kind', 'target_id', 'reason', 'details', 'created_at'],
    withheld: withhold('about the operator', 'id', 'operator_id', 'request_id'),
  },
];

const LEARNING: readonly ExportedTable[] = [
  { section: 'learning', table: 'learners', ofUser: OWN, columns: ['time_reported_at'] },
  { section: 'time_zones', table: 'learner_time_zones', ofUser: OWN, columns: ['since', 'time_zone'] },
  { section: 'study_days', table: 'study_days', ofUser: OWN, columns: ['day', 'first_at'] },
  {
    section: 'opened_sections',
    table: 'section_visits',
    ofUser: OWN,
    columns: ['chapter_id', 'section_id', 'first_opened_at', 'last_opened_at'],
  },
  {
    section: 'completed_sections',
    table: 'section_progress',
    ofUser: OWN,
    columns: ['chapter_id', 'section_id', 'completed_at', 'seconds'],
  },
  {
    section: 'quiz_attempts',
    table: 'quiz_attempts',
    ofUser: OWN,
    columns: [
      ...['id', 'chapter_id', 'number', 'score_percent', 'passed', 'answers', 'results'],
      ...['quiz_version', 'chapter_version', 'submitted_at'],
    ],
  },
  {
    section: 'certificates',
    table: 'certificates',
    ofUser: OWN,
    columns: ['code', 'issued_at', 'key_id', 'jws', 'revoked_at', 'revoked_reason'],
  },
];

const MESSAGES: ExportedTable = {
  section: 'messages_from_stripe',
  table: 'webhook_events',
  ofUser: OF_CUSTOMER,
  columns: ['event_id', 'type', 'object_id', 'stripe_created_at', 'received_at', 'status'],
  withheld: {
    payload: 'its facts are in the sections about money; the rest can hold links that pay without sign-in',
    ...withhold(WORK, 'id', 'api_version', 'livemode', 'subject_id', 'request_id', 'status_reason'),
    ...withhold(WORK, 'generation', 'attempts', 'outages', 'crashes', 'claimed_fence', 'next_attempt_at'),
    ...withhold(WORK, 'next_hint_at', 'last_error', 'processed_at', 'processed_by', 'hints'),
  },
};

/** Everything that is stored about a person, in the order of the export. */
export const EXPORTED_TABLES: readonly ExportedTable[] = [
  ...ACCOUNT,
  ...LEARNING,
  ...EXPORTED_MONEY,
  MESSAGES,
];

const NOBODY = 'is not about a person';

/** The other tables, with the reason. A new table gets an entry here or above: a test ranges over all of them. */
export const UNEXPORTED_TABLES: readonly UnexportedTable[] = [
  ...[
    ...['alerts', 'auth_clients', 'course_search', 'course_search_versions', 'course_search_words'],
    ...['event_cursors', 'migrations', 'plans', 'refused_deliveries', 'sweeps', 'worker_heartbeats'],
  ].map((table) => ({ table, why: NOBODY })),
  { table: 'auth_attempt_counters', why: 'keyed hashes, which lead to nobody' },
  { table: 'auth_known_addresses', why: 'keyed hashes, which lead to nobody' },
  { table: 'auth_email_requests', why: 'encrypted, names an address and no account, lives for an hour' },
  { table: 'auth_oidc_payloads', why: 'tokens of a connection; the connection itself is a session' },
  { table: 'auth_refresh_tokens', why: 'hashes of tokens; their session is exported' },
  { table: 'event_attempts', why: 'failures of this program with a message of Stripe, which is exported' },
];

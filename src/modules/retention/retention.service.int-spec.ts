import { Database } from 'src/database/database';
import { useTestDatabase } from '../../../test/support/use-test-database';
import { DELETED_ROWS, KEPT_TABLES } from './domain/retention-policy';
import { RetentionRepository } from './persistence/retention.repository';
import { RetentionService } from './retention.service';

const LONG_AGO = "now() - interval '2 years'";

/** How a row is made, by table: `{at}` is when something happened to it, `{end}` when it expires. */
const SAMPLES: Readonly<Record<string, { readonly insert: string }>> = {
  alerts: {
    insert: `INSERT INTO alerts (alert, incident_key, reason, opened_at, last_seen_at, closed_at)
             VALUES ('x', '{name}', '', {at}, {at}, {at})`,
  },
  auth_attempt_counters: {
    insert: `INSERT INTO auth_attempt_counters (key, attempts, counted_at, blocked_until, expires_at)
             VALUES (sha256('{name}'), 1, {at}, {at}, {end})`,
  },
  auth_email_requests: {
    insert: `INSERT INTO auth_email_requests (id, content, created_at) VALUES (gen_random_uuid(), '', {at})`,
  },
  auth_email_tokens: {
    insert: `INSERT INTO auth_email_tokens (user_id, purpose, token_hash, email, expires_at)
             SELECT id, 'verify_email', sha256('{name}'), 'a@example.test', {end} FROM users WHERE full_name = '{name}'`,
  },
  auth_known_addresses: {
    insert: `INSERT INTO auth_known_addresses (key, seen_at) VALUES (sha256('{name}'), {at})`,
  },
  auth_oidc_payloads: {
    insert: `INSERT INTO auth_oidc_payloads (model, id_hash, payload, expires_at)
             VALUES ('Interaction', sha256('{name}'), '{}', {end})`,
  },
  auth_refresh_tokens: {
    insert: `WITH session AS (INSERT INTO auth_sessions (user_id, expires_at)
               SELECT id, now() + interval '1 day' FROM users WHERE full_name = '{name}' RETURNING id)
             INSERT INTO auth_refresh_tokens (token_hash, session_id, expires_at)
             SELECT sha256('{name}'), id, {end} FROM session`,
  },
  auth_sessions: {
    insert: `INSERT INTO auth_sessions (user_id, expires_at) SELECT id, {end} FROM users WHERE full_name = '{name}'`,
  },
  billing_links: {
    insert: `INSERT INTO billing_links (code_hash, user_id, expires_at)
             SELECT sha256('{name}'), id, {end} FROM users WHERE full_name = '{name}'`,
  },
  checkout_sessions: {
    insert: `INSERT INTO checkout_sessions (user_id, stripe_session_id, short_code, customer_id, plan, url, success_url,
               cancel_url, status, expires_at, created_at, closed_at)
             SELECT id, '{name}', '{name}', 'cus_1', 'monthly', '', '', '', 'expired', {at}, {at}, {at}
               FROM users WHERE full_name = '{name}'`,
  },
  drift_findings: {
    insert: `INSERT INTO drift_findings (kind, customer_id, found_at, resolved_at) VALUES ('status', '{name}', {at}, {at})`,
  },
  outbox: { insert: `INSERT INTO outbox (key, status, settled_at) VALUES ('{name}', 'sent', {at})` },
  plan_change_quotes: {
    insert: `INSERT INTO plan_change_quotes (user_id, subscription_id, item_id, from_price_id, plan, price_id, kind,
               proration_date, due_now_minor, next_amount_minor, currency, next_charge_at, effective_at,
               lifts_cancellation, expires_at)
             SELECT id, '', '', '', 'yearly', '', 'keep', {at}, 0, 0, 'usd', {at}, {at}, false, {end}
               FROM users WHERE full_name = '{name}'`,
  },
  refused_deliveries: {
    insert: `INSERT INTO refused_deliveries (cause, period, count, last_at) VALUES ('{name}', {at}, 1, {at})`,
  },
  worker_heartbeats: {
    insert: `INSERT INTO worker_heartbeats (process_id, beat_at) VALUES ('{name}', {at})`,
  },
  sweeps: { insert: `INSERT INTO sweeps (dry_run, outcome, started_at) VALUES (false, 'done', {at})` },
  webhook_events: {
    insert: `INSERT INTO webhook_events (event_id, type, livemode, stripe_created_at, payload, request_id, received_at,
               status, processed_at)
             VALUES ('{name}', 'x', false, {at}, '{}', '', {at}, 'processed', {at})`,
  },
};

describe('retention', () => {
  const testDatabase = useTestDatabase();
  let service: RetentionService;

  beforeEach(async () => {
    service = new RetentionService(new RetentionRepository(testDatabase.database));
    for (const name of ['old', 'new'])
      await testDatabase.database.query(`INSERT INTO users (email, full_name) VALUES ($1, $2)`, [
        `${name}@example.test`,
        name,
      ]);
  });
  afterEach(async () => {
    for (const { table } of DELETED_ROWS) await testDatabase.database.query(`DELETE FROM ${table}`);
    await testDatabase.database.query('DELETE FROM users');
  });

  const insert = (table: string, name: 'old' | 'new') => {
    const [at, end] = name === 'old' ? [LONG_AGO, LONG_AGO] : ['now()', "now() + interval '1 day'"];
    const text = (SAMPLES[table]?.insert ?? '')
      .replaceAll('{name}', name)
      .replaceAll('{at}', at)
      .replaceAll('{end}', end);
    return testDatabase.database.query(text);
  };
  const count = async (table: string): Promise<number> =>
    (await testDatabase.database.query(`SELECT 1 FROM ${table}`)).length;

  it('names every table, in the policy or among the tables that are kept', async () => {
    const tables = await testDatabase.database.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public' AND NOT c.relispartition`,
    );
    const named = [...DELETED_ROWS, ...KEPT_TABLES].map(({ table }) => table);

    // A new table gets a line in retention-policy.ts and in docs/retention.md.
    expect(tables.map(({ name }) => name).toSorted()).toEqual(named.toSorted());
  });

  it.each(DELETED_ROWS.map(({ table }) => table))(
    'deletes what is over in %s and keeps the rest',
    async (table) => {
      for (const name of ['old', 'new'] as const) await insert(table, name);
      expect(await count(table)).toBe(2);

      await service.run();

      expect(await count(table)).toBe(1);
      await service.run();
      expect(await count(table)).toBe(1);
    },
  );

  it('keeps events and payment links that still matter, however old they are', async () => {
    const { database } = testDatabase;
    for (const table of ['webhook_events', 'checkout_sessions']) await insert(table, 'old');
    await database.query(`UPDATE webhook_events SET status = 'dead'`);
    await database.query(`UPDATE checkout_sessions SET status = 'complete', payment_status = 'paid'`);

    await service.run();

    expect([await count('webhook_events'), await count('checkout_sessions')]).toEqual([1, 1]);
  });

  it('deletes more than one batch', async () => {
    await testDatabase.database.query(
      `INSERT INTO outbox (key, status, settled_at)
       SELECT 'k' || n, 'sent', ${LONG_AGO} FROM generate_series(1, 2500) n`,
    );

    await service.run();

    expect(await count('outbox')).toBe(0);
  });

  it('lets one process delete at a time', async () => {
    await insert('outbox', 'old');
    const other = new Database(testDatabase.dataSource);
    await other.transaction(async () => {
      await new RetentionRepository(other).deleteSome({ table: 'outbox', kept: '', isOver: 'false' }, 1);

      await service.run();
      expect(await count('outbox')).toBe(1);
    });

    await service.run();
    expect(await count('outbox')).toBe(0);
  });

  it('cleans the other tables when one fails', async () => {
    await insert('outbox', 'old');
    const broken = { table: 'nowhere', kept: '', isOver: 'true' };

    await service.run([broken, ...DELETED_ROWS]);

    expect(await count('outbox')).toBe(0);
  });
});

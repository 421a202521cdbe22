import type { DatabaseConfig } from 'src/config/app-config';
import { createDataSource } from 'src/database/data-source';
import { Findings, type Finding } from 'src/common/domain/finding';

const TESTED_VERSION = 18;
const OLDEST_VERSION = 16;
const MAX_CLOCK_SKEW_MS = 5000;
/** Web and worker, each with one pool and one connection for notifications. */
const PROCESSES = 2;

export interface PostgresFacts {
  readonly version: number;
  /** As `SHOW` prints them: on or off. */
  readonly settings: Readonly<Record<'fsync' | 'synchronous_commit' | 'full_page_writes', string>>;
  readonly readOnly: boolean;
  readonly maxConnections: number;
  readonly clockSkewMs: number;
  readonly pendingMigrations: readonly string[];
  /** Applied migrations that this code does not know. */
  readonly unknownMigrations: readonly string[];
}

export async function checkPostgres(config: DatabaseConfig): Promise<Finding[]> {
  const facts = await readPostgresFacts(config).catch((error: Error) => error);
  if (!(facts instanceof Error)) return judgePostgres(facts, config.poolSize);
  const found = new Findings('PostgreSQL');
  found.error(
    `does not answer: ${facts.message}`,
    'start the server, and check host, port, user, password and database in DATABASE_URL',
  );
  return found.done('');
}

export function judgePostgres(facts: PostgresFacts, poolSize: number): Finding[] {
  const found = new Findings('PostgreSQL');
  if (facts.version < OLDEST_VERSION)
    found.warning(`version ${facts.version} is not tested`, `upgrade to PostgreSQL ${TESTED_VERSION}`);
  for (const [name, value] of Object.entries(facts.settings)) {
    if (value === 'off')
      found.error(
        `${name} is off: a crash can lose acknowledged events`,
        `set ${name} = on in postgresql.conf`,
      );
  }
  if (facts.readOnly)
    found.error('the server is read-only', 'point DATABASE_URL at the primary server, not at a replica');
  if (facts.pendingMigrations.length > 0)
    found.error(`pending migrations: ${facts.pendingMigrations.join(', ')}`, 'run npm run migrate');
  if (facts.unknownMigrations.length > 0)
    found.warning(
      `the schema has migrations of a newer release: ${facts.unknownMigrations.join(', ')}`,
      'deploy the newer release, or restore the database of this one',
    );
  const needed = PROCESSES * (poolSize + 1);
  if (facts.maxConnections < needed)
    found.warning(
      `max_connections is ${facts.maxConnections}, and one web and one worker process use up to ${needed}`,
      'raise max_connections, or lower DATABASE_POOL_SIZE',
    );
  if (Math.abs(facts.clockSkewMs) > MAX_CLOCK_SKEW_MS)
    found.warning(
      `the clock of the database differs by ${Math.round(facts.clockSkewMs / 1000)} s`,
      'synchronise both machines with NTP',
    );
  return found.done(`version ${facts.version}, all migrations applied`);
}

async function readPostgresFacts({ url }: DatabaseConfig): Promise<PostgresFacts> {
  const dataSource = await createDataSource(url).initialize();
  try {
    const [row] = await dataSource.query<Row[]>(FACTS);
    if (row === undefined) throw new Error('the server returned no settings');
    const known = dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const applied = await readApplied((text) => dataSource.query<{ name: string }[]>(text));
    return {
      version: Math.floor(row.version / 10_000),
      settings: {
        fsync: row.fsync,
        synchronous_commit: row.synchronous_commit,
        full_page_writes: row.full_page_writes,
      },
      readOnly: row.read_only,
      maxConnections: row.max_connections,
      clockSkewMs: row.now.getTime() - Date.now(),
      pendingMigrations: known.filter((name) => !applied.includes(name)),
      unknownMigrations: applied.filter((name) => !known.includes(name)),
    };
  } finally {
    await dataSource.destroy();
  }
}

interface Row {
  readonly version: number;
  readonly fsync: string;
  readonly synchronous_commit: string;
  readonly full_page_writes: string;
  readonly read_only: boolean;
  readonly max_connections: number;
  readonly now: Date;
}

const FACTS = `
  SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
    current_setting('synchronous_commit') AS synchronous_commit,
    current_setting('full_page_writes') AS full_page_writes,
    current_setting('transaction_read_only') = 'on' OR pg_is_in_recovery() AS read_only,
    current_setting('max_connections')::int AS max_connections, clock_timestamp() AS now`;

/** An empty database has no table of migrations yet. */
async function readApplied(query: (text: string) => Promise<{ name: string | null }[]>): Promise<string[]> {
  const [table] = await query(`SELECT to_regclass('migrations')::text AS name`);
  if (table === undefined || table.name === null) return [];
  return (await query('SELECT name FROM migrations')).map(({ name }) => String(name));
}

import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DataSource, EntitySchema, type DataSourceOptions } from 'typeorm';
import { DeadlineClient } from './deadline-client';

export interface ConnectionOptions {
  readonly url: string;
  readonly poolSize?: number;
  /** For migrations: DDL on a big table takes as long as it takes. */
  readonly unlimited?: boolean;
}

/** A decorated class, or the schema of a table whose columns are described elsewhere. */
type Entity = (new () => object) | EntitySchema;

const isEntity = (exported: unknown): exported is Entity =>
  typeof exported === 'function' || exported instanceof EntitySchema;

// dist/src/database -> dist/src and dist/migrations; the same layout holds for the TypeScript sources under jest.
const SOURCE_ROOT = join(__dirname, '..');
const MIGRATIONS = join(__dirname, '..', '..', 'migrations');

/**
 * A struggling database becomes a 503 within 5 s, which Stripe and ChatGPT retry, not a pile of waiting requests. The
 * server ends a slow statement first; the client's own deadline is for a server that does not answer at all.
 */
const LIMITS = {
  statement_timeout: 3500,
  lock_timeout: 2500,
  idle_in_transaction_session_timeout: 10_000,
  deadlineMs: 4000,
};

/** Loaded here, not by TypeORM from a pattern: jest then gives it the same classes as it gives the code under test. */
function loadEntities(): Entity[] {
  const load = createRequire(__filename);
  return globSync(join(SOURCE_ROOT, '**', 'persistence', '*.entity.{js,ts}'))
    .flatMap((path) => Object.values(load(path) as Record<string, unknown>))
    .filter(isEntity);
}

export function dataSourceOptions({
  url,
  poolSize = 10,
  unlimited = false,
}: ConnectionOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: loadEntities(),
    migrations: [join(MIGRATIONS, '*.{js,ts}')],
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    // gen_random_uuid() is built in; without these two TypeORM would create an extension at every start.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    applicationName: 'course-companion',
    poolSize,
    extra: {
      Client: DeadlineClient,
      connectionTimeoutMillis: 1000,
      keepAlive: true,
      ...(unlimited ? {} : LIMITS),
    },
  };
}

export function createDataSource(url: string, options: { readonly unlimited?: boolean } = {}): DataSource {
  return new DataSource(dataSourceOptions({ url, ...options }));
}

import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';

export interface ConnectionOptions {
  readonly url: string;
  readonly poolSize?: number;
}

// dist/src/database -> dist/src and dist/migrations; the same layout holds for the TypeScript sources under jest.
const SOURCE_ROOT = join(__dirname, '..');
const MIGRATIONS = join(__dirname, '..', '..', 'migrations');

/**
 * One pool per process. Acquiring a connection fails after 1 s and a statement after 5 s, so that a struggling
 * database becomes a 503 that Stripe and ChatGPT retry, not a pile of waiting requests.
 */
export function dataSourceOptions({ url, poolSize = 10 }: ConnectionOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [join(SOURCE_ROOT, '**', 'persistence', '*.entity.{js,ts}')],
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
      connectionTimeoutMillis: 1000,
      statement_timeout: 5000,
      lock_timeout: 3000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
    },
  };
}

export function createDataSource(url: string): DataSource {
  return new DataSource(dataSourceOptions({ url }));
}

import './check-node';
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataSource } from 'typeorm';
import { DIST } from './paths';
import { startPostgres } from './postgres';

interface DataSourceModule {
  createDataSource(url: string): DataSource;
}

const run = promisify(execFile);
const requireBuilt = createRequire(__filename);

/**
 * `npm run migrations:check` runs all migrations on an empty database and asks TypeORM which statements would make it
 * match the entities. Each such statement is a mistake in the migrations or in an entity.
 */
async function main(): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'course-companion-drift-'));
  const postgres = await startPostgres({ dataDir, durable: false, temporary: true });
  try {
    const env = { ...process.env, DATABASE_URL: postgres.url };
    await run(process.execPath, [join(DIST, 'src', 'cli', 'migrate.js')], { env });
    const drift = await findDrift(postgres.url);
    if (drift.length === 0) {
      console.log('migrations and entities agree');
      return 0;
    }
    console.error('Entities and migrations differ. TypeORM would run:\n');
    for (const sql of drift) console.error(`  ${sql};`);
    console.error('\nWrite a migration with these statements, or correct the entity.');
    return 1;
  } finally {
    await postgres.stop();
  }
}

/**
 * The statements that would make the migrated schema match the entities. Foreign keys are excluded: they exist only in the
 * migrations, because an entity must not know an entity of another module.
 */
async function findDrift(url: string): Promise<string[]> {
  const { createDataSource } = requireBuilt(
    join(DIST, 'src', 'database', 'data-source.js'),
  ) as DataSourceModule;
  const dataSource = await createDataSource(url).initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    const foreignKeys = await dataSource.query<{ drop: string }[]>(
      `SELECT format('ALTER TABLE "%s" DROP CONSTRAINT "%s"', conrelid::regclass, conname) AS drop
       FROM pg_constraint WHERE contype = 'f'`,
    );
    const expected = new Set(foreignKeys.map(({ drop }) => drop));
    return upQueries.map(({ query }) => query).filter((query) => !expected.has(query));
  } finally {
    await dataSource.destroy();
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);

import type { DataSource } from 'typeorm';

// Any constant will do; it only has to be the same in every process that migrates this database.
const MIGRATION_LOCK = 7_316_204_011;

/** Applies pending migrations, each in its own transaction, under an advisory lock. Returns their names. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const lock = dataSource.createQueryRunner();
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    return applied.map((migration) => migration.name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
  }
}

import 'reflect-metadata';
import { loadDatabaseUrl } from 'src/config/database-url';
import { createDataSource } from 'src/database/data-source';
import { migrate } from 'src/database/migrate';

/** `npm run migrate`: brings the schema up to date. Safe to run twice and from two places at once. */
async function main(): Promise<void> {
  const dataSource = await createDataSource(loadDatabaseUrl()).initialize();
  try {
    const applied = await migrate(dataSource);
    process.stdout.write(
      applied.length === 0 ? 'schema is up to date\n' : `applied: ${applied.join(', ')}\n`,
    );
  } finally {
    await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`migration failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

import 'reflect-metadata';
import { startOrExit } from 'src/common/process/start-or-exit';
import { loadDatabaseUrl } from 'src/config/database-url';
import { createDataSource } from 'src/database/data-source';
import { migrate } from 'src/database/migrate';

/** `npm run migrate`: applies pending migrations. Safe to run twice and from two places at once. */
startOrExit('migrate', async () => {
  const dataSource = await createDataSource(loadDatabaseUrl(), { unlimited: true }).initialize();
  try {
    const applied = await migrate(dataSource);
    process.stdout.write(
      applied.length === 0 ? 'schema is up to date\n' : `applied: ${applied.join(', ')}\n`,
    );
  } finally {
    await dataSource.destroy();
  }
});

import { randomUUID } from 'node:crypto';
import { useTestDatabase } from '../../../test/support/use-test-database';
import { EXPORTED_TABLES, UNEXPORTED_TABLES } from './domain/exported-tables';
import { PersonalDataRepository } from './persistence/personal-data.repository';
import { PersonalExportService } from './personal-export.service';

describe('the export of personal data', () => {
  const testDatabase = useTestDatabase();

  const columnsOf = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    const rows = await testDatabase.database.query<{ name: string; columns: string[] }>(
      `SELECT table_name AS name, json_agg(column_name) AS columns FROM information_schema.columns
        WHERE table_schema = 'public' GROUP BY 1`,
    );
    return new Map(rows.map(({ name, columns }) => [name, columns]));
  };

  it('names every table once, among those it contains or with a reason among the others', async () => {
    const named = [...EXPORTED_TABLES, ...UNEXPORTED_TABLES].map(({ table }) => table);

    // A new table gets an entry in domain/exported-tables.ts or domain/exported-money.ts.
    expect(named.toSorted()).toEqual([...(await columnsOf()).keys()].toSorted());
  });

  it.each(EXPORTED_TABLES.map((table) => [table.table, table] as const))(
    'decides about every column of %s',
    async (name, { columns, withheld = {} }) => {
      const known = (await columnsOf()).get(name) ?? [];

      expect([...columns, ...Object.keys(withheld)].toSorted()).toEqual(
        known.filter((column) => column !== 'user_id').toSorted(),
      );
    },
  );

  it('contains no column that holds a secret', () => {
    const exported = EXPORTED_TABLES.flatMap(({ columns }) => columns);

    expect(
      exported.filter((column) => /hash|secret|token|salt|payload|content|url|params/.test(column)),
    ).toEqual([]);
  });

  it('has every table that refers to a user', async () => {
    const referring = [...(await columnsOf())].filter(([, columns]) => columns.includes('user_id'));
    const exported = EXPORTED_TABLES.map(({ table }) => table);

    expect(referring.map(([name]) => name).filter((name) => !exported.includes(name))).toEqual([]);
  });

  it('is empty for a new account but for its profile, and refuses an unknown one', async () => {
    const { database } = testDatabase;
    const service = new PersonalExportService(database, new PersonalDataRepository(database));
    const [user] = await database.query<{ id: string }>(
      `INSERT INTO users (email, full_name) VALUES ('ada@example.test', 'Ada') RETURNING id`,
    );

    const { profile, sections } = await service.collect(user?.id ?? '');

    expect(profile).toMatchObject({ id: user?.id, email: 'ada@example.test', full_name: 'Ada' });
    expect(String(profile['created_at'])).toMatch(/\+00:00$/);
    expect(Object.values(sections).flat()).toEqual([]);
    await expect(service.collect(randomUUID())).rejects.toMatchObject({ code: 'user_not_found' });
  });
});

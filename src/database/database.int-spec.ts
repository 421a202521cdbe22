import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { isOutage } from '../common/errors/outage';
import { createDataSource } from './data-source';
import { Database } from './database';
import { migrate } from './migrate';

describe('Database', () => {
  let testDatabase: TestDatabase;
  let dataSource: DataSource;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    dataSource = await createDataSource(testDatabase.url).initialize();
    database = new Database(dataSource);
    await database.query('CREATE TABLE notes (id int PRIMARY KEY, text text)');
  });
  afterAll(async () => {
    await dataSource.destroy();
    await testDatabase.drop();
  });
  beforeEach(() => database.query('DELETE FROM notes'));

  const add = (id: number) => database.query('INSERT INTO notes VALUES ($1, $2)', [id, `note ${id}`]);
  const ids = async () =>
    (await database.query<{ id: number }>('SELECT id FROM notes ORDER BY id')).map(({ id }) => id);

  it('returns the rows of UPDATE ... RETURNING', async () => {
    await add(1);

    expect(await database.query(`UPDATE notes SET text = 'new' RETURNING id, text`)).toEqual([
      { id: 1, text: 'new' },
    ]);
    expect(await database.queryOne('SELECT id FROM notes WHERE id = 9')).toBeUndefined();
  });

  it('commits a transaction as a whole', async () => {
    await database.transaction(async () => {
      await add(1);
      await add(2);
    });

    expect(await ids()).toEqual([1, 2]);
  });

  it('rolls everything back when the work throws', async () => {
    const work = database.transaction(async () => {
      await add(1);
      throw new Error('no');
    });

    await expect(work).rejects.toThrow('no');
    expect(await ids()).toEqual([]);
  });

  it('joins an open transaction instead of opening a second one', async () => {
    const work = database.transaction(async () => {
      await database.transaction(() => add(1));
      throw new Error('outer');
    });

    await expect(work).rejects.toThrow('outer');
    expect(await ids()).toEqual([]);
  });

  it('keeps concurrent transactions apart', async () => {
    await Promise.allSettled([
      database.transaction(() => add(1)),
      database.transaction(async () => {
        await add(2);
        throw new Error('no');
      }),
      database.transaction(() => add(3)),
    ]);

    expect(await ids()).toEqual([1, 3]);
  });

  it('reports an outage when the connection dies between two statements of a transaction', async () => {
    const error: unknown = await database
      .transaction(async () => {
        const row = await database.queryOne<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await dataSource.query('SELECT pg_terminate_backend($1)', [row?.pid]);
        await sleep(200);
        await database.query('SELECT 1');
      })
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(Error);
    expect(isOutage(error)).toBe(true);
  });

  it('plans a prepared statement once, also inside a transaction that sees its own rows', async () => {
    const statement = { name: 'notes_from', text: 'SELECT id FROM notes WHERE id >= $1 ORDER BY id' };
    const names = async () =>
      (await database.query<{ name: string }>('SELECT name FROM pg_prepared_statements')).map(
        ({ name }) => name,
      );

    await database.transaction(async () => {
      await add(1);
      await add(2);
      expect(await database.queryPrepared(statement, [2])).toEqual([{ id: 2 }]);
      expect(await database.queryPrepared(statement, [1])).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await names()).toEqual(['notes_from']);
    });

    expect(await database.queryPrepared(statement, [1])).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('gives a connection back when a prepared statement fails', async () => {
    const wrong = { name: 'wrong', text: 'SELECT 1 / $1::int AS x' };
    const failures = Array.from({ length: 20 }, () => database.queryPrepared(wrong, [0]));

    for (const { status } of await Promise.allSettled(failures)) expect(status).toBe('rejected');
    expect(await database.queryPrepared(wrong, [1])).toEqual([{ x: 1 }]);
  });

  it('migrates to nothing new the second time, also from two places at once', async () => {
    const other = await createDataSource(testDatabase.url).initialize();
    try {
      expect(await Promise.all([migrate(dataSource), migrate(other)])).toEqual([[], []]);
    } finally {
      await other.destroy();
    }
  });
});

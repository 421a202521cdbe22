import { setTimeout as sleep } from 'node:timers/promises';
import { useTestDatabase } from '../../test/support/use-test-database';
import { isOutage } from '../common/errors/outage';
import { createDataSource } from './data-source';
import { migrate } from './migrate';

describe('Database', () => {
  const testDatabase = useTestDatabase();

  beforeAll(async () => {
    await testDatabase.database.query('CREATE TABLE notes (id int PRIMARY KEY, text text)');
  });
  beforeEach(() => testDatabase.database.query('DELETE FROM notes'));

  const add = (id: number) =>
    testDatabase.database.query('INSERT INTO notes VALUES ($1, $2)', [id, `note ${id}`]);
  const ids = async () =>
    (await testDatabase.database.query<{ id: number }>('SELECT id FROM notes ORDER BY id')).map(
      ({ id }) => id,
    );

  it('returns the rows of UPDATE ... RETURNING', async () => {
    await add(1);

    expect(await testDatabase.database.query(`UPDATE notes SET text = 'new' RETURNING id, text`)).toEqual([
      { id: 1, text: 'new' },
    ]);
    expect(await testDatabase.database.queryOne('SELECT id FROM notes WHERE id = 9')).toBeUndefined();
  });

  it('commits a transaction as a whole', async () => {
    await testDatabase.database.transaction(async () => {
      await add(1);
      await add(2);
    });

    expect(await ids()).toEqual([1, 2]);
  });

  it('rolls everything back when the work throws', async () => {
    const work = testDatabase.database.transaction(async () => {
      await add(1);
      throw new Error('no');
    });

    await expect(work).rejects.toThrow('no');
    expect(await ids()).toEqual([]);
  });

  it('joins an open transaction instead of opening a second one', async () => {
    const work = testDatabase.database.transaction(async () => {
      await testDatabase.database.transaction(() => add(1));
      throw new Error('outer');
    });

    await expect(work).rejects.toThrow('outer');
    expect(await ids()).toEqual([]);
  });

  it('keeps concurrent transactions apart', async () => {
    await Promise.allSettled([
      testDatabase.database.transaction(() => add(1)),
      testDatabase.database.transaction(async () => {
        await add(2);
        throw new Error('no');
      }),
      testDatabase.database.transaction(() => add(3)),
    ]);

    expect(await ids()).toEqual([1, 3]);
  });

  it('reports an outage when the connection dies between two statements of a transaction', async () => {
    const error: unknown = await testDatabase.database
      .transaction(async () => {
        const row = await testDatabase.database.queryOne<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await testDatabase.dataSource.query('SELECT pg_terminate_backend($1)', [row?.pid]);
        await sleep(200);
        await testDatabase.database.query('SELECT 1');
      })
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(Error);
    expect(isOutage(error)).toBe(true);
  });

  it('plans a prepared statement once, also inside a transaction that sees its own rows', async () => {
    const statement = { name: 'notes_from', text: 'SELECT id FROM notes WHERE id >= $1 ORDER BY id' };
    const names = async () =>
      (await testDatabase.database.query<{ name: string }>('SELECT name FROM pg_prepared_statements')).map(
        ({ name }) => name,
      );

    await testDatabase.database.transaction(async () => {
      await add(1);
      await add(2);
      expect(await testDatabase.database.queryPrepared(statement, [2])).toEqual([{ id: 2 }]);
      expect(await testDatabase.database.queryPrepared(statement, [1])).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await names()).toEqual(['notes_from']);
    });

    expect(await testDatabase.database.queryPrepared(statement, [1])).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('gives a connection back when a prepared statement fails', async () => {
    const wrong = { name: 'wrong', text: 'SELECT 1 / $1::int AS x' };
    const failures = Array.from({ length: 20 }, () => testDatabase.database.queryPrepared(wrong, [0]));

    for (const { status } of await Promise.allSettled(failures)) expect(status).toBe('rejected');
    expect(await testDatabase.database.queryPrepared(wrong, [1])).toEqual([{ x: 1 }]);
  });

  it('migrates to nothing new the second time, also from two places at once', async () => {
    const other = await createDataSource(testDatabase.url).initialize();
    try {
      expect(await Promise.all([migrate(testDatabase.dataSource), migrate(other)])).toEqual([[], []]);
    } finally {
      await other.destroy();
    }
  });
});

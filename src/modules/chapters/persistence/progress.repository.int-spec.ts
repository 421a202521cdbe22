import { randomUUID } from 'node:crypto';
import { createDataSource } from 'src/database/data-source';
import { Database } from 'src/database/database';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database';
import { LearningRepository } from './learning.repository';
import { ProgressRepository } from './progress.repository';

const FIRST = new Date('2026-11-24T10:00:00Z');
const LATER = new Date('2026-11-25T10:00:00Z');

describe('ProgressRepository', () => {
  let testDatabase: TestDatabase;
  let dataSource: DataSource;
  let database: Database;
  let progress: ProgressRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    dataSource = await createDataSource(testDatabase.url).initialize();
    database = new Database(dataSource);
    progress = new ProgressRepository(database);
  });

  afterAll(async () => {
    await dataSource?.destroy();
    await testDatabase?.drop();
  });

  const aUser = async () => {
    const id = randomUUID();
    await database.query(`INSERT INTO users (id, email, full_name) VALUES ($1, $2, 'Ada')`, [
      id,
      `${id}@example.com`,
    ]);
    return id;
  };
  const complete = (userId: string, sectionId: string, at = FIRST) =>
    new LearningRepository(database).saveStudy({
      userId,
      sectionId,
      chapterId: 'chapter-1',
      at,
      day: '2026-11-24',
      seconds: 0,
    });

  it('lists what a student has completed, and nothing of others', async () => {
    const [ada, bob] = [await aUser(), await aUser()];
    await complete(ada, 'a');
    await complete(ada, 'b');
    await complete(bob, 'c');

    expect(await progress.listCompletedSectionIds(ada)).toEqual(new Set(['a', 'b']));
    expect(await progress.listCompletedSectionIds(await aUser())).toEqual(new Set());
  });

  it('keeps the first time when a section is completed again', async () => {
    const ada = await aUser();

    await complete(ada, 'a', FIRST);
    await complete(ada, 'a', LATER);

    const rows = await database.query('SELECT completed_at FROM section_progress WHERE user_id = $1', [ada]);
    expect(rows).toEqual([{ completed_at: FIRST }]);
  });

  it('makes one row of twenty completions at once', async () => {
    const ada = await aUser();

    await Promise.all(Array.from({ length: 20 }, () => complete(ada, 'a')));

    expect(await database.query('SELECT 1 FROM section_progress WHERE user_id = $1', [ada])).toHaveLength(1);
  });

  it('keeps no progress for nobody', async () => {
    await expect(complete(randomUUID(), 'a')).rejects.toMatchObject({
      driverError: { constraint: 'section_progress_user_id_fkey' },
    });
  });

  it('forgets the progress of a deleted user', async () => {
    const ada = await aUser();
    await complete(ada, 'a');

    await database.query('DELETE FROM users WHERE id = $1', [ada]);

    expect(await progress.listCompletedSectionIds(ada)).toEqual(new Set());
  });
});

import { randomUUID } from 'node:crypto';
import { LearningRepository } from 'src/modules/chapters/learning/persistence/learning.repository';
import { useTestDatabase } from '../../../../../test/support/use-test-database';
import { ProgressRepository } from './progress.repository';

const FIRST = new Date('2026-11-24T10:00:00Z');
const LATER = new Date('2026-11-25T10:00:00Z');

describe('ProgressRepository', () => {
  const testDatabase = useTestDatabase();
  let progress: ProgressRepository;

  beforeAll(() => {
    progress = new ProgressRepository(testDatabase.database);
  });

  const aUser = async () => {
    const id = randomUUID();
    await testDatabase.database.query(`INSERT INTO users (id, email, full_name) VALUES ($1, $2, 'Ada')`, [
      id,
      `${id}@example.com`,
    ]);
    return id;
  };
  const complete = (userId: string, sectionId: string, at = FIRST) =>
    new LearningRepository(testDatabase.database).saveStudy({
      userId,
      sectionId,
      chapterId: 'chapter-1',
      at,
      day: '2026-11-24',
      seconds: 0,
    });

  const open = (userId: string, sectionId: string, at = FIRST) =>
    new LearningRepository(testDatabase.database).saveOpening({
      userId,
      sectionId,
      chapterId: 'chapter-1',
      at,
    });
  const visitsOf = (userId: string) =>
    testDatabase.database.query(
      'SELECT first_opened_at, last_opened_at FROM section_visits WHERE user_id = $1',
      [userId],
    );
  const NOTHING = { opened: new Set(), completed: new Set() };

  it('lists what a student has opened and completed, and nothing of others', async () => {
    const [ada, bob] = [await aUser(), await aUser()];
    await complete(ada, 'a');
    await complete(ada, 'b');
    await complete(bob, 'c');

    await open(ada, 'b');
    await open(ada, 'd');
    await open(bob, 'e');

    expect(await progress.loadMarks(ada)).toEqual({
      opened: new Set(['b', 'd']),
      completed: new Set(['a', 'b']),
    });
    expect(await progress.loadMarks(await aUser())).toEqual(NOTHING);
  });

  it('keeps the first time when a section is completed again', async () => {
    const ada = await aUser();

    await complete(ada, 'a', FIRST);
    await complete(ada, 'a', LATER);

    const rows = await testDatabase.database.query(
      'SELECT completed_at FROM section_progress WHERE user_id = $1',
      [ada],
    );
    expect(rows).toEqual([{ completed_at: FIRST }]);
  });

  it('keeps the first and the last opening of a section in any order of arrival', async () => {
    const ada = await aUser();

    await open(ada, 'a', FIRST);
    await open(ada, 'a', LATER);
    await open(ada, 'a', FIRST);

    expect(await visitsOf(ada)).toEqual([{ first_opened_at: FIRST, last_opened_at: LATER }]);
  });

  it('stores one row for twenty concurrent openings', async () => {
    const ada = await aUser();

    await Promise.all(Array.from({ length: 20 }, () => open(ada, 'a')));

    expect(await visitsOf(ada)).toHaveLength(1);
  });

  it('stores one row for twenty concurrent completions', async () => {
    const ada = await aUser();

    await Promise.all(Array.from({ length: 20 }, () => complete(ada, 'a')));

    expect(
      await testDatabase.database.query('SELECT 1 FROM section_progress WHERE user_id = $1', [ada]),
    ).toHaveLength(1);
  });

  it('stores no progress for an unknown user', async () => {
    await expect(complete(randomUUID(), 'a')).rejects.toMatchObject({
      driverError: { constraint: 'section_progress_user_id_fkey' },
    });
    await expect(open(randomUUID(), 'a')).rejects.toMatchObject({
      driverError: { constraint: 'section_visits_user_id_fkey' },
    });
  });

  it('forgets the progress of a deleted user', async () => {
    const ada = await aUser();
    await complete(ada, 'a');
    await open(ada, 'b');

    await testDatabase.database.query('DELETE FROM users WHERE id = $1', [ada]);

    expect(await progress.loadMarks(ada)).toEqual(NOTHING);
  });
});

import { randomUUID } from 'node:crypto';
import { useTestDatabase } from '../../../../../test/support/use-test-database';
import { QuizAttemptsRepository, type NewAttempt } from './quiz-attempts.repository';

const minute = (count: number) => new Date(Date.UTC(2026, 10, 24, 12, count));

describe('QuizAttemptsRepository', () => {
  const testDatabase = useTestDatabase();
  let attempts: QuizAttemptsRepository;

  beforeAll(() => {
    attempts = new QuizAttemptsRepository(testDatabase.database);
  });

  const aUser = async () => {
    const id = randomUUID();
    await testDatabase.database.query(`INSERT INTO users (id, email, full_name) VALUES ($1, $2, 'Ada')`, [
      id,
      `${id}@example.com`,
    ]);
    return id;
  };

  /** Passed from 70 on, submitted in the minute of its number. */
  const save = (userId: string, attempt: Partial<NewAttempt> = {}) => {
    const { number = 1, scorePercent = 50 } = attempt;
    return attempts.saveAttempt({
      userId,
      chapterId: 'chapter-1',
      number,
      scorePercent,
      isPassed: scorePercent >= 70,
      submittedAt: minute(number),
      answers: new Map(),
      results: [],
      quizVersion: 'v1',
      chapterVersion: 'text-1',
      ...attempt,
    });
  };

  it('returns the attempts of this student and chapter only', async () => {
    const [ada, bob] = [await aUser(), await aUser()];
    await save(ada, { number: 2, scorePercent: 80 });
    await save(ada, { number: 1, scorePercent: 40 });
    await save(ada, { chapterId: 'chapter-2' });
    await save(bob);

    expect(await attempts.listAttempts({ userId: ada, chapterId: 'chapter-1' })).toEqual([
      { number: 1, scorePercent: 40, isPassed: false, submittedAt: minute(1) },
      { number: 2, scorePercent: 80, isPassed: true, submittedAt: minute(2) },
    ]);
  });

  it('keeps answers, results and the versions of quiz and text', async () => {
    const ada = await aUser();
    const results = [
      { questionId: 'q2', credit: 2 / 3 },
      { questionId: 'q1', credit: 0 },
    ];
    const answers = new Map<string, string | boolean | string[]>([
      ['q1', ['b', 'a']],
      ['q2', true],
      ['q3', 'words'],
    ]);
    await save(ada, { results, answers });

    expect(await attempts.listNewestWithResults({ userId: ada, chapterId: 'chapter-1' }, 1)).toMatchObject([
      { results, chapterVersion: 'text-1' },
    ]);
    const rows = await testDatabase.database.query(
      'SELECT answers, quiz_version FROM quiz_attempts WHERE user_id = $1',
      [ada],
    );
    expect(rows).toEqual([{ answers: Object.fromEntries(answers), quiz_version: 'v1' }]);
  });

  it('lists the newest attempts first and no more than asked for', async () => {
    const ada = await aUser();
    for (const number of [1, 2, 3]) await save(ada, { number });

    const newest = await attempts.listNewestWithResults({ userId: ada, chapterId: 'chapter-1' }, 2);

    expect(newest.map(({ number }) => number)).toEqual([3, 2]);
  });

  it('stores one of twenty concurrent submissions', async () => {
    const ada = await aUser();

    const saved = await Promise.all(Array.from({ length: 20 }, () => save(ada)));

    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await attempts.listAttempts({ userId: ada, chapterId: 'chapter-1' })).toHaveLength(1);
  });

  it.each([
    [{ number: 0 }, 'quiz_attempts_number_check'],
    [{ scorePercent: 101 }, 'quiz_attempts_score_percent_check'],
  ])('refuses the impossible: %j', async (attempt, constraint) => {
    await expect(save(await aUser(), attempt)).rejects.toMatchObject({ driverError: { constraint } });
  });

  it('stores no attempt of an unknown user', async () => {
    await expect(save(randomUUID())).rejects.toMatchObject({
      driverError: { constraint: 'quiz_attempts_user_id_fkey' },
    });
  });

  it('forgets the attempts of a deleted user', async () => {
    const ada = await aUser();
    await save(ada);

    await testDatabase.database.query('DELETE FROM users WHERE id = $1', [ada]);

    expect(await attempts.listAttempts({ userId: ada, chapterId: 'chapter-1' })).toEqual([]);
  });
});

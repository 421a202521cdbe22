import { randomUUID } from 'node:crypto';
import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';
import type { QuizResults } from 'src/modules/chapters/quizzes/quiz-results';
import { FakeQuizResults } from 'src/modules/chapters/testing/quiz-results.fake';
import { useTestDatabase } from '../../../../../test/support/use-test-database';
import { QuizAttemptsRepository } from './quiz-attempts.repository';
import { QuizHistoryRepository } from './quiz-history.repository';

const testDatabase = useTestDatabase();
const fake = new FakeQuizResults();

async function aUser(): Promise<string> {
  const id = randomUUID();
  await testDatabase.database.query(`INSERT INTO users (id, email, full_name) VALUES ($1, $2, 'Ada')`, [
    id,
    `${id}@example.com`,
  ]);
  return id;
}

/** What submitting a quiz writes. */
async function submit(userId: string, number: number, fact: QuizAttemptFact): Promise<void> {
  const record = {
    ...fact,
    number,
    userId,
    answers: new Map(),
    results: [],
    quizVersion: 'v',
    chapterVersion: 'v',
  };
  await new QuizAttemptsRepository(testDatabase.database).saveAttempt(record);
  fake.add(userId, fact);
}

const at = (day: number) => new Date(Date.UTC(2026, 10, day));

// Both answer alike, so that what is tested with the fake holds for the real one.
describe.each<[string, () => QuizResults]>([
  ['the database', () => new QuizHistoryRepository(testDatabase.database)],
  ['the fake', () => fake],
])('quiz results from %s', (_, results) => {
  it('are empty for a student without attempts', async () => {
    expect(await results().listAttempts(await aUser())).toEqual([]);
  });

  it('list every attempt of this student at any quiz, oldest first', async () => {
    const [ada, bob] = [await aUser(), await aUser()];
    const first = { chapterId: 'chapter-2', scorePercent: 40, isPassed: false, submittedAt: at(1) };
    const second = { chapterId: 'chapter-1', scorePercent: 100, isPassed: true, submittedAt: at(2) };
    const third = { chapterId: 'chapter-2', scorePercent: 70, isPassed: true, submittedAt: at(3) };
    await submit(ada, 2, third);
    await submit(ada, 1, first);
    await submit(ada, 1, second);
    await submit(bob, 1, first);

    expect(await results().listAttempts(ada)).toEqual([first, second, third]);
  });
});

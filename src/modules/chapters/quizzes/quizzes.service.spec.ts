import { Clock } from 'src/common/domain/clock';
import { type AppError } from 'src/common/errors/app-error';
import type { QuizInCourse } from 'src/modules/chapters/course/domain/course';
import type { AnswerValue } from 'src/modules/chapters/course/domain/quiz';
import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import type {
  NewAttempt,
  QuizAttemptsRepository,
  QuizOfStudent,
} from './persistence/quiz-attempts.repository';
import { QuizzesService, type ReadQuiz } from './quizzes.service';

class FakeAttempts {
  readonly saved: NewAttempt[] = [];
  /** Runs between the service's reading and its writing. */
  beforeSave: () => void = () => undefined;

  listAttempts(quiz: QuizOfStudent) {
    return Promise.resolve(this.find(quiz));
  }

  saveAttempt(attempt: NewAttempt): Promise<boolean> {
    this.beforeSave();
    if (this.find(attempt).some(({ number }) => number === attempt.number)) return Promise.resolve(false);
    this.saved.push(attempt);
    return Promise.resolve(true);
  }

  listNewestAnswers(quiz: QuizOfStudent) {
    const recorded = this.find(quiz).map((one) => ({ ...one, answers: Object.fromEntries(one.answers) }));
    return Promise.resolve(recorded.toReversed());
  }

  private find({ userId, chapterId }: QuizOfStudent): NewAttempt[] {
    return this.saved.filter((one) => one.userId === userId && one.chapterId === chapterId);
  }
}

class MovableClock extends Clock {
  private time = new Date('2026-11-24T20:00:00Z').getTime();

  now(): Date {
    return new Date(this.time);
  }

  advanceMinutes(minutes: number): void {
    this.time += minutes * 60_000;
  }
}

const place = SAMPLE_COURSE.findQuiz('chapter-3') as QuizInCourse;

function setUp() {
  const attempts = new FakeAttempts();
  const clock = new MovableClock();
  const service = new QuizzesService(attempts as unknown as QuizAttemptsRepository, clock);
  const read = () => service.readQuiz('ada', place);
  const submit = (answers: Record<string, AnswerValue>) => service.submitQuiz('ada', place, answers);
  const refusal = (answers: Record<string, AnswerValue>) =>
    submit(answers).then(
      () => undefined,
      (error: unknown) => error as AppError,
    );
  const submitRight = async () => submit(rightAnswers(await read()));
  return { attempts, clock, service, read, submit, submitRight, refusal };
}

function rightAnswers({ presented }: ReadQuiz): Record<string, AnswerValue> {
  return Object.fromEntries(
    presented.map(({ question, options }): [string, AnswerValue] => {
      if (question.type === 'short_answer') return [question.id, question.accepted[0] ?? ''];
      if (typeof question.answer === 'boolean') return [question.id, question.answer];
      const labels = [question.answer].flat().map((id) => options.find((one) => one.id === id)?.label ?? '');
      return [question.id, question.type === 'single_choice' ? (labels[0] ?? '') : labels];
    }),
  );
}

describe('QuizzesService', () => {
  it('shows a new student the first attempt, the same on every read, and records nothing', async () => {
    const { read, attempts } = setUp();

    const first = await read();

    expect(first).toMatchObject({ chapter: { id: 'chapter-3' }, state: { nextNumber: 1, hasPassed: false } });
    expect(await read()).toEqual(first);
    expect(attempts.saved).toEqual([]);
  });

  it('grades right answers with full credit and stores them under the ids of the author', async () => {
    const { submitRight, attempts, clock } = setUp();

    const graded = await submitRight();

    expect(graded).toMatchObject({ number: 1, scorePercent: 100, isPassed: true, areAnswersShown: true });
    expect(graded.state).toMatchObject({ nextNumber: 2, hasPassed: true, cooldownUntil: undefined });
    expect(attempts.saved).toEqual([
      expect.objectContaining({
        userId: 'ada',
        chapterId: 'chapter-3',
        number: 1,
        isPassed: true,
        submittedAt: clock.now(),
        quizVersion: 'version-of-quiz-3',
        chapterVersion: 'version-of-chapter-3',
      }),
    ]);
    expect(attempts.saved[0]?.answers.get('c3-q04')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('hides the right answers until the third failed attempt', async () => {
    const { submit, clock } = setUp();
    const shown: boolean[] = [];
    for (let number = 1; number <= 3; number++) {
      shown.push((await submit({})).areAnswersShown);
      clock.advanceMinutes(30);
    }

    expect(shown).toEqual([false, false, true]);
  });

  it('shows the right answers to a student who passed before', async () => {
    const { submit, submitRight } = setUp();
    await submitRight();

    expect(await submit({})).toMatchObject({ number: 2, isPassed: false, areAnswersShown: true });
  });

  it('refuses the next attempt for two minutes after a failure, and says how long to wait', async () => {
    const { submit, refusal, clock, attempts } = setUp();
    await submit({});
    clock.advanceMinutes(0.5);

    expect(await refusal({})).toMatchObject({
      code: 'quiz_cooldown',
      kind: 'conflict',
      retryAfterSeconds: 90,
      extensions: { retry_after: 90, cooldown_until: '2026-11-24T20:02:00.000Z' },
    });
    expect(attempts.saved).toHaveLength(1);

    clock.advanceMinutes(1.5);
    expect((await submit({})).number).toBe(2);
  });

  it('refuses option ids of the previous attempt and uses no attempt', async () => {
    const { read, submit, refusal, attempts, clock } = setUp();
    const old = rightAnswers(await read());
    await submit({});
    clock.advanceMinutes(2);

    const error = await refusal(old);

    expect(error).toMatchObject({ code: 'invalid_request', kind: 'invalid' });
    expect(error?.errors).toContainEqual({
      pointer: '/answers/c3-q01',
      detail: expect.stringContaining('getQuiz'),
    });
    expect(attempts.saved).toHaveLength(1);
  });

  describe('when a submission is repeated', () => {
    const conflict = (attempt: number) => ({
      code: 'quiz_attempt_conflict',
      kind: 'conflict',
      extensions: { attempt_number: attempt, next_action: 'listQuizAttempts' },
    });

    it('points to the passed attempt', async () => {
      const { read, submit, refusal, attempts, clock } = setUp();
      const sheet = rightAnswers(await read());
      await submit(sheet);

      expect(await refusal(sheet)).toMatchObject(conflict(1));
      clock.advanceMinutes(600);
      expect(await refusal(sheet)).toMatchObject(conflict(1));
      expect(attempts.saved).toHaveLength(1);
    });

    it.each([0, 5])('points to the failed attempt, %d minutes later', async (minutes) => {
      const { read, submit, refusal, attempts, clock } = setUp();
      const { 'c3-q01': only = '' } = rightAnswers(await read());
      await submit({ 'c3-q01': only });
      clock.advanceMinutes(minutes);

      expect(await refusal({ 'c3-q01': only })).toMatchObject(conflict(1));
      expect(attempts.saved).toHaveLength(1);
    });

    it('points to the recorded attempt, also after later attempts', async () => {
      const { read, submit, refusal, clock } = setUp();
      const { 'c3-q01': only = '' } = rightAnswers(await read());
      await submit({ 'c3-q01': only });
      clock.advanceMinutes(30);
      await submit({});
      clock.advanceMinutes(30);

      expect(await refusal({ 'c3-q01': only })).toMatchObject(conflict(1));
    });

    it('points to a passed attempt without option ids', async () => {
      const { read, submit, refusal, attempts } = setUp();
      const passing = Object.fromEntries(
        Object.entries(rightAnswers(await read())).filter(([, answer]) => answer !== ''),
      );
      const graded = await submit(passing);
      const first = attempts.saved[0];
      if (!graded.isPassed || first === undefined) throw new Error('not passed');
      const truths = new Map([...first.answers].filter(([, answer]) => typeof answer === 'boolean'));
      attempts.saved[0] = { ...first, answers: truths };

      expect(await refusal(Object.fromEntries(truths))).toMatchObject(conflict(1));
    });

    it('does not treat other answers or another quiz version as a repeated submission', async () => {
      const { read, submit, refusal, attempts } = setUp();
      const sheet = rightAnswers(await read());
      await submit(sheet);

      expect(await refusal({ ...sheet, 'c3-q03': false })).toHaveProperty('code', 'invalid_request');
      const [first] = attempts.saved;
      if (first) attempts.saved[0] = { ...first, quizVersion: 'another' };
      expect(await refusal(sheet)).toHaveProperty('code', 'invalid_request');
    });
  });

  it('escapes ids in pointers and lists no more than twenty mistakes', async () => {
    const { refusal } = setUp();

    expect((await refusal({ 'a/b~c': true }))?.errors[0]?.pointer).toBe('/answers/a~1b~0c');
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`x${n}`, true]));
    expect((await refusal(many))?.errors).toHaveLength(20);
  });

  it('grades one of two concurrent submissions and refuses the other', async () => {
    const { submit, attempts } = setUp();

    const outcomes = await Promise.allSettled([submit({}), submit({})]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((one) => one.status === 'rejected')?.reason).toHaveProperty(
      'code',
      'quiz_attempt_conflict',
    );
    expect(attempts.saved).toHaveLength(1);
  });

  it('throws when an attempt cannot be stored', async () => {
    const { attempts, refusal } = setUp();
    attempts.beforeSave = () => {
      throw new Error('away');
    };

    expect(await refusal({})).toHaveProperty('message', 'away');
  });
});

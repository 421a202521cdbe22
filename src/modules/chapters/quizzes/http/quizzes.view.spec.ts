import type { QuizInCourse } from 'src/modules/chapters/course/domain/course';
import { deriveAttemptState, type AttemptState } from 'src/modules/chapters/quizzes/domain/attempts';
import { gradeQuiz } from 'src/modules/chapters/quizzes/domain/grade';
import { presentQuiz } from 'src/modules/chapters/quizzes/domain/present';
import type { GradedAttempt } from 'src/modules/chapters/quizzes/quizzes.service';
import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { gradedQuizSchema, quizAttemptsSchema, quizSchema, submitQuizSchema } from './quizzes.schema';
import { toGradedQuizResponse, toQuizAttemptsResponse, toQuizResponse } from './quizzes.view';

const NOW = new Date('2026-11-24T20:00:00Z');
const place = SAMPLE_COURSE.findQuiz('chapter-1') as QuizInCourse;
const fresh = deriveAttemptState([], NOW);
const failed = deriveAttemptState([{ number: 1, scorePercent: 10, isPassed: false, submittedAt: NOW }], NOW);

const read = (state: AttemptState) =>
  toQuizResponse({ ...place, presented: presentQuiz(place.quiz, { userId: 'ada', number: 1 }), state });
const graded = (overrides: Partial<GradedAttempt> = {}) =>
  toGradedQuizResponse({
    ...place,
    ...gradeQuiz(place.quiz, new Map([['c1-q02', ['a', 'b']]])),
    number: 1,
    areAnswersShown: false,
    state: failed,
    ...overrides,
  });

// The documented schema and the answer may not drift apart: parsing strips what the schema does not know.
describe('the answers of the quizzes', () => {
  it.each([fresh, failed])('document a quiz %#', (state) => {
    const answer = read(state);

    expect(quizSchema.parse(answer)).toEqual(answer);
  });

  it.each([false, true])('document a graded attempt, right answers shown: %p', (areAnswersShown) => {
    const answer = graded({ areAnswersShown });

    expect(gradedQuizSchema.parse(answer)).toEqual(answer);
  });

  it('document the history', () => {
    const results = [{ questionId: 'c1-q01', credit: 1 / 3 }];
    const attempts = [
      { number: 1, scorePercent: 3, isPassed: false, submittedAt: NOW, results, chapterVersion: 'v1' },
    ];
    const answer = toQuizAttemptsResponse({ ...place, attempts });

    expect(quizAttemptsSchema.parse(answer)).toEqual(answer);
    expect(answer.attempts[0]?.content_version).toBe('v1');
    expect(answer.attempts[0]?.results).toEqual([{ question_id: 'c1-q01', correct: false, credit: 0.33 }]);
  });

  it('show only what is needed to answer a question', () => {
    const { questions } = read(fresh);

    const keys = new Set(questions.flatMap((question) => Object.keys(question)));
    expect([...keys].sort()).toEqual(['difficulty', 'id', 'options', 'position', 'prompt', 'type']);
    const optionKeys = new Set(
      questions.flatMap(({ options = [] }) => options.flatMap((one) => Object.keys(one))),
    );
    expect([...optionKeys].sort()).toEqual(['id', 'text']);
    expect(JSON.stringify(questions)).not.toMatch(/secret|rag|true"|version/i);
  });

  it('say when the next attempt is possible, only during the cooldown', () => {
    expect(read(failed).attempt).toEqual({
      number: 2,
      passed: false,
      last_score_percent: 10,
      best_score_percent: 10,
      cooldown_until: '2026-11-24T20:02:00.000Z',
    });
    expect(read(fresh).attempt).toEqual({ number: 1, passed: false });
  });

  it('name the section of a wrong answer without explanation and right answer', () => {
    const { results } = graded();

    expect(results[1]).toEqual({
      question_id: 'c1-q02',
      correct: false,
      credit: 0.67,
      section: 'chapter-1-part-2',
      section_title: 'Part 2 of chapter-1',
    });
    expect(JSON.stringify(results)).not.toContain('Secret explanation');
    expect(results.every((result) => !('correct_answer' in result))).toBe(true);
  });

  it('explain fully right answers, and everything when the right answers are shown', () => {
    const right = gradeQuiz(place.quiz, new Map([['c1-q02', ['a', 'b', 'd']]]));
    const explained = (areAnswersShown: boolean) =>
      graded({ ...right, areAnswersShown }).results.flatMap(({ question_id: id, explanation }) =>
        explanation === undefined ? [] : [[id, explanation]],
      );

    expect(explained(false)).toEqual([['c1-q02', 'Secret explanation 2 of chapter-1.']]);
    expect(explained(true)).toHaveLength(10);
  });

  it('return the right answers as text', () => {
    const { results } = graded({ areAnswersShown: true });

    expect(results.slice(0, 5).map(({ correct_answer: answer }) => answer)).toEqual([
      ['Banana'],
      ['Two', 'Three', 'Five'],
      ['true'],
      ['Dawn', 'Noon', 'Dusk', 'Night'],
      ['retrieval-augmented generation'],
    ]);
  });
});

describe('the body of submitQuiz', () => {
  it.each([{ answers: {} }, { answers: { 'c1-q01': 'a-k3f9', 'c1-q02': ['a-k3f9'], 'c1-q03': true } }])(
    'may be %j',
    (body) => {
      expect(submitQuizSchema.safeParse(body).success).toBe(true);
    },
  );

  it.each([
    [{}],
    [{ answers: [] }],
    [{ answers: { 'c1-q01': 1 } }],
    [{ answers: { 'c1-q01': null } }],
    [{ answers: { 'c1-q01': [true] } }],
    [{ answers: { 'c1-q01': 'x'.repeat(201) } }],
    [{ answers: { ['x'.repeat(41)]: 'a' } }],
    [{ answers: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`q${n}`, 'a'])) }],
    [{ answers: {}, attempt: 1 }],
  ])('may not be %#', (body) => {
    expect(submitQuizSchema.safeParse(body).success).toBe(false);
  });
});

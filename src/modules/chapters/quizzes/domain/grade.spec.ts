import fc from 'fast-check';
import { aQuestion, aQuiz } from 'src/modules/chapters/testing/quiz.factory';
import type { AnswerValue, Question } from 'src/modules/chapters/course/domain/quiz';
import { gradeAnswer, gradeQuiz, type Answers } from './grade';

const [single, multiple, trueFalse, order, short] = [1, 2, 3, 4, 5].map((number) => aQuestion(number)) as [
  Question,
  Question,
  Question,
  Question,
  Question,
];

const rightAnswer = (question: Question): AnswerValue =>
  question.type === 'short_answer' ? (question.accepted[0] ?? '') : question.answer;

const anyValue = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'x')),
  fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }),
);

describe('gradeAnswer', () => {
  it.each([
    [single, 'b', 1],
    [single, 'a', 0],
    [single, ['b'], 0],
    [trueFalse, true, 1],
    [trueFalse, false, 0],
    [trueFalse, 'true', 0],
    [multiple, ['a', 'b', 'd'], 1],
    [multiple, ['d', 'a', 'b'], 1],
    [multiple, ['a', 'b'], 2 / 3],
    [multiple, ['a', 'b', 'c'], 1 / 3],
    [multiple, ['a', 'b', 'c', 'd'], 2 / 3],
    [multiple, ['c'], 0],
    [multiple, [], 0],
    [multiple, ['a', 'a', 'a'], 1 / 3],
    [multiple, 'a', 0],
    [order, ['a', 'b', 'c', 'd'], 1],
    [order, ['b', 'c', 'd', 'a'], 2 / 3],
    [order, ['a', 'b', 'd', 'c'], 1 / 3],
    [order, ['d', 'c', 'b', 'a'], 0],
    [order, ['a', 'b', 'c'], 0],
    [order, ['a', 'b', 'a', 'b'], 0],
    [short, 'rag', 1],
    [short, 'rag and everything else', 0],
    [short, ['rag'], 0],
    [short, undefined, 0],
  ])('grades %#', (question, given, credit) => {
    expect(gradeAnswer(question, given)).toBeCloseTo(credit, 10);
  });

  it('returns a credit from 0 to 1 for any value, and 1 only for the right answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(single, multiple, trueFalse, order), anyValue, (question, given) => {
        const credit = gradeAnswer(question, given);
        expect(credit).toBeGreaterThanOrEqual(0);
        expect(credit).toBeLessThanOrEqual(1);
        const right = rightAnswer(question);
        const isRight =
          question.type === 'multiple_choice' && Array.isArray(given)
            ? JSON.stringify([...new Set(given)].sort()) === JSON.stringify(right)
            : JSON.stringify(given) === JSON.stringify(right);
        expect(credit === 1).toBe(isRight);
      }),
    );
  });

  it('never gives more credit for an additional wrong option, or less for an additional right one', () => {
    fc.assert(
      fc.property(fc.subarray(['a', 'b', 'c', 'd']), (given) => {
        const before = gradeAnswer(multiple, given);
        expect(gradeAnswer(multiple, [...new Set([...given, 'c'])])).toBeLessThanOrEqual(before);
        expect(gradeAnswer(multiple, [...new Set([...given, 'a'])])).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe('gradeQuiz', () => {
  const quiz = aQuiz();
  const allRight = new Map(quiz.questions.map((question) => [question.id, rightAnswer(question)]));
  const firstRight = (count: number): Answers => new Map([...allRight].slice(0, count));

  it('returns full credit for a complete answer', () => {
    expect(gradeQuiz(quiz, allRight)).toMatchObject({ scorePercent: 100, isPassed: true });
  });

  it.each([
    [7, 70, true],
    [6, 60, false],
    [0, 0, false],
  ])('counts %d right answers of ten as %d percent', (count, scorePercent, isPassed) => {
    expect(gradeQuiz(quiz, firstRight(count))).toMatchObject({ scorePercent, isPassed });
  });

  it('rounds down, so that nearly passed is not passed', () => {
    const answers = new Map(firstRight(7)).set('c1-q02', ['a', 'b']);

    expect(gradeQuiz(quiz, answers)).toMatchObject({ scorePercent: 66, isPassed: false });
  });

  // 29 / 100 * 100 is 28.999999999999996.
  it('rounds correctly despite floating point', () => {
    const questions = Array.from({ length: 100 }, (_, n) => ({ ...trueFalse, id: `q${n}` }));
    const answers = new Map(questions.slice(0, 29).map(({ id }) => [id, true]));

    expect(gradeQuiz(aQuiz({ questions }), answers).scorePercent).toBe(29);
  });

  it('returns a score of 0 for a quiz without questions', () => {
    expect(gradeQuiz(aQuiz({ questions: [] }), new Map()).scorePercent).toBe(0);
  });

  it('never scores less when one more question is answered right', () => {
    const ids = quiz.questions.map(({ id }) => id);
    fc.assert(
      fc.property(fc.subarray(ids), fc.constantFrom(...ids), (answered, extra) => {
        const pick = (chosen: string[]) => new Map([...allRight].filter(([id]) => chosen.includes(id)));
        expect(gradeQuiz(quiz, pick([...answered, extra])).scorePercent).toBeGreaterThanOrEqual(
          gradeQuiz(quiz, pick(answered)).scorePercent,
        );
      }),
    );
  });
});

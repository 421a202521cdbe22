import fc from 'fast-check';
import { aQuiz } from 'src/modules/chapters/testing/quiz.factory';
import { optionsOf, type AnswerValue } from 'src/modules/chapters/course/domain/quiz';
import { parseAnswerSheet } from './answer-sheet';
import { gradeQuiz } from './grade';
import { presentQuiz, type PresentedQuestion } from './present';

const quiz = aQuiz();
const seeds = fc.record({ userId: fc.uuid(), number: fc.integer({ min: 1, max: 1000 }) });

const textsIn = (presented: readonly PresentedQuestion[]) =>
  presented.map(({ options }) => options.map(({ text }) => text));

/** What a student who knows everything would send. */
function rightSheet(presented: readonly PresentedQuestion[]): Record<string, AnswerValue> {
  return Object.fromEntries(
    presented.map(({ question, options }): [string, AnswerValue] => {
      const label = (id: string) => options.find((option) => option.id === id)?.label ?? '';
      switch (question.type) {
        case 'single_choice':
          return [question.id, label(question.answer)];
        case 'multiple_choice':
        case 'order':
          return [question.id, question.answer.map(label)];
        case 'true_false':
          return [question.id, question.answer];
        case 'short_answer':
          return [question.id, question.accepted[0] ?? ''];
      }
    }),
  );
}

describe('presentQuiz', () => {
  it('shows the same on every read of one attempt', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(presentQuiz(quiz, seed)).toEqual(presentQuiz(quiz, { ...seed }));
      }),
    );
  });

  it('shows every option once, under its own label', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const { question, options } of presentQuiz(quiz, seed)) {
          const sorted = options
            .map(({ id, text }) => ({ id, text }))
            .sort((a, b) => a.id.localeCompare(b.id));
          expect(sorted).toEqual(optionsOf(question));
          expect(new Set(options.map(({ label }) => label)).size).toBe(options.length);
        }
      }),
    );
  });

  it('never shows an order question in the right order', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const { question, options } of presentQuiz(quiz, seed)) {
          if (question.type === 'order') expect(options.map(({ id }) => id)).not.toEqual(question.answer);
        }
      }),
    );
  });

  it('uses labels that depend only on the position', () => {
    const presented = presentQuiz(quiz, { userId: 'ada', number: 1 });
    const labels = presented
      .map(({ options }) => options.map(({ label }) => label))
      .filter((all) => all.length > 0);

    expect(new Set(labels.map(String)).size).toBe(1);
    expect(labels[0]).toEqual([
      expect.stringMatching(/^a-[0-9a-z]{4}$/),
      expect.stringMatching(/^b-/),
      expect.stringMatching(/^c-/),
      expect.stringMatching(/^d-/),
    ]);
  });

  it('puts the right option in each place about as often', () => {
    const places = [0, 0, 0, 0];
    for (let number = 1; number <= 2000; number++) {
      const [first] = presentQuiz(quiz, { userId: 'ada', number });
      const place = first?.options.findIndex(({ id }) => id === 'b') ?? -1;
      places[place] = (places[place] ?? 0) + 1;
    }

    for (const count of places) expect(Math.abs(count - 500)).toBeLessThan(100);
  });

  it.each([
    ['attempt', quiz, { userId: 'ada', number: 2 }],
    ['student', quiz, { userId: 'bob', number: 1 }],
    ['version of the quiz', aQuiz({ version: 'edited' }), { userId: 'ada', number: 1 }],
  ])('shuffles differently for another %s and accepts no label of the first', (_, other, seed) => {
    const before = presentQuiz(quiz, { userId: 'ada', number: 1 });
    const after = presentQuiz(other, seed);

    expect(textsIn(after)).not.toEqual(textsIn(before));
    const { problems } = parseAnswerSheet(after, rightSheet(before));
    expect(problems.map(({ questionId }) => questionId)).toEqual([
      'c1-q01',
      'c1-q02',
      'c1-q04',
      'c1-q06',
      'c1-q07',
      'c1-q09',
    ]);
  });

  it('returns full credit for the right answers of any attempt', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const presented = presentQuiz(quiz, seed);
        const { answers, problems } = parseAnswerSheet(presented, rightSheet(presented));
        expect(problems).toEqual([]);
        expect(gradeQuiz(quiz, answers).scorePercent).toBe(100);
      }),
    );
  });
});

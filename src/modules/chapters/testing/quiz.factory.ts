import { stringify } from 'yaml';
import type { Question, Quiz } from 'src/modules/chapters/course/domain/quiz';

const SHAPES = [
  {
    type: 'single_choice',
    options: [
      { id: 'a', text: 'Apple' },
      { id: 'b', text: 'Banana' },
      { id: 'c', text: 'Cherry' },
      { id: 'd', text: 'Date' },
    ],
    answer: 'b',
  },
  {
    type: 'multiple_choice',
    options: [
      { id: 'a', text: 'Two' },
      { id: 'b', text: 'Three' },
      { id: 'c', text: 'Four' },
      { id: 'd', text: 'Five' },
    ],
    answer: ['a', 'b', 'd'],
  },
  { type: 'true_false', answer: true },
  {
    type: 'order',
    options: [
      { id: 'a', text: 'Dawn' },
      { id: 'b', text: 'Noon' },
      { id: 'c', text: 'Dusk' },
      { id: 'd', text: 'Night' },
    ],
    answer: ['a', 'b', 'c', 'd'],
  },
  { type: 'short_answer', accepted: ['retrieval-augmented generation', 'RAG'] },
] as const;

/** Question `number` of chapter `position`. The types alternate: 1 and 6 are single_choice, 2 and 7 multiple_choice, … */
export function aQuestion(number = 1, position = 1): Question {
  const shape = SHAPES[(number - 1) % SHAPES.length] ?? SHAPES[0];
  return {
    id: `c${position}-q${String(number).padStart(2, '0')}`,
    section: `chapter-${position}-part-${((number - 1) % 5) + 1}`,
    objective: ((number - 1) % 4) + 1,
    difficulty: 'easy',
    prompt: `Prompt ${number} of chapter-${position}?`,
    explanation: `Secret explanation ${number} of chapter-${position}.`,
    ...shape,
  };
}

/** A valid quiz for the chapter of the same position from `aChapter`: ten questions, two of each type. */
export function aQuiz(overrides: Partial<Quiz> & { readonly position?: number } = {}): Quiz {
  const { position = 1, ...rest } = overrides;
  return {
    chapterId: `chapter-${position}`,
    passPercent: 70,
    questions: Array.from({ length: 10 }, (_, index) => aQuestion(index + 1, position)),
    version: `version-of-quiz-${position}`,
    ...rest,
  };
}

/** The text of a quiz file. */
export function aQuizText({ chapterId, passPercent, questions }: Quiz = aQuiz()): string {
  return stringify({ chapter: chapterId, pass_percent: passPercent, questions });
}

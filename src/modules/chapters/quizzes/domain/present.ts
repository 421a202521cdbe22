import { optionsOf, type Option, type Question, type Quiz } from 'src/modules/chapters/course/domain/quiz';
import { hash32, shuffle } from './shuffle';

/** Whose attempt at which version of which quiz: all that decides how the options are shown. */
export interface AttemptSeed {
  readonly userId: string;
  /** 1 for the first attempt. */
  readonly number: number;
}

export interface PresentedOption extends Option {
  /** What the student sees and sends back, for example "b-k3f9". Means nothing in any other attempt. */
  readonly label: string;
}

export interface PresentedQuestion {
  readonly question: Question;
  readonly options: readonly PresentedOption[];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const TAG_LENGTH = 4;

/**
 * The questions as this attempt shows them. The same for every reading of one attempt; another order and other labels
 * in the next one. A label is made of the place in this order and a tag of the attempt, so it tells nothing about the
 * key, and one from an old reading is recognised instead of being graded as something else.
 */
export function presentQuiz(quiz: Quiz, { userId, number }: AttemptSeed): PresentedQuestion[] {
  const seed = [quiz.version, quiz.chapterId, userId, number].join('|');
  const tag = hash32(`tag|${seed}`).toString(36).padStart(TAG_LENGTH, '0').slice(-TAG_LENGTH);
  return quiz.questions.map((question) => ({
    question,
    options: shuffleOptions(question, `${seed}|${question.id}`).map((option, index) => ({
      ...option,
      label: `${LETTERS[index] ?? index}-${tag}`,
    })),
  }));
}

function shuffleOptions(question: Question, seed: string): readonly Option[] {
  const shuffled = shuffle(optionsOf(question), seed);
  if (question.type !== 'order') return shuffled;
  // Sending back what was shown must never be the solution.
  const isSolution = shuffled.every(({ id }, index) => id === question.answer[index]);
  return isSolution ? [...shuffled.slice(1), ...shuffled.slice(0, 1)] : shuffled;
}

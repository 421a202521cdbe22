import { optionsOf, type Option, type Question, type Quiz } from 'src/modules/chapters/course/domain/quiz';
import { hash32, shuffle } from './shuffle';

/** Identifies the attempt. Together with the quiz version it determines the order of the options. */
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
 * The questions of one attempt. Every read of an attempt returns the same order and labels; the next attempt has others. A
 * label consists of the position and a tag of the attempt. It reveals nothing about the right answer, and a label of an earlier
 * attempt is recognised instead of being graded as another option.
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
  // The order that is shown must never be the solution.
  const isSolution = shuffled.every(({ id }, index) => id === question.answer[index]);
  return isSolution ? [...shuffled.slice(1), ...shuffled.slice(0, 1)] : shuffled;
}

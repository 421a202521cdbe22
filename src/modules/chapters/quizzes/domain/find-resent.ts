import {
  optionsOf,
  type AnswerValue,
  type ListedAnswer,
  type Quiz,
} from 'src/modules/chapters/course/domain/quiz';
import { parseAnswerSheet } from './answer-sheet';
import type { Answers } from './grade';
import { presentQuiz } from './present';

export interface RecordedAnswers {
  readonly number: number;
  readonly isPassed: boolean;
  readonly quizVersion: string;
  /** By question id, in the author's option ids. */
  readonly answers: Readonly<Record<string, AnswerValue>>;
}

interface Submission {
  readonly userId: string;
  readonly quiz: Quiz;
  readonly given: Readonly<Record<string, AnswerValue | ListedAnswer>>;
}

/**
 * The number of the attempt that this submission repeats, for example because the first answer was lost. Option ids belong to
 * one attempt. A submission without option ids counts as repeated only when it passed; a failed one may be a new attempt.
 */
export function findResent(submission: Submission, recorded: readonly RecordedAnswers[]): number | undefined {
  return recorded.find((attempt) => isResent(submission, attempt))?.number;
}

function isResent({ userId, quiz, given }: Submission, attempt: RecordedAnswers): boolean {
  if (attempt.quizVersion !== quiz.version) return false;
  const { answers, problems } = parseAnswerSheet(
    presentQuiz(quiz, { userId, number: attempt.number }),
    given,
  );
  if (problems.length > 0 || !isSame(answers, attempt.answers)) return false;
  return attempt.isPassed || namesOptions(quiz, answers);
}

function isSame(answers: Answers, recorded: RecordedAnswers['answers']): boolean {
  const ids = Object.keys(recorded);
  return (
    ids.length === answers.size &&
    ids.every((id) => JSON.stringify(answers.get(id)) === JSON.stringify(recorded[id]))
  );
}

function namesOptions({ questions }: Quiz, answers: Answers): boolean {
  return questions.some((question) => {
    const answer = answers.get(question.id);
    return optionsOf(question).length > 0 && answer !== undefined && [answer].flat().length > 0;
  });
}

import type { AnswerValue, Question, Quiz } from 'src/modules/chapters/course/domain/quiz';
import { isAcceptedAnswer } from 'src/modules/chapters/course/domain/short-answer';

/** Answers by question id, in the author's option ids. A question without an entry was not answered. */
export type Answers = ReadonlyMap<string, AnswerValue>;

export interface QuestionResult {
  readonly questionId: string;
  /** From 0 to 1. */
  readonly credit: number;
}

export interface QuizResult {
  readonly results: readonly QuestionResult[];
  /** Whole percent, rounded down: 100 means that everything is right. */
  readonly scorePercent: number;
  readonly isPassed: boolean;
}

// Thirds do not add up to a whole number in floating point.
const ROUNDING_ERROR = 1e-9;

/** Every question has the same weight. A question without an answer is wrong. */
export function gradeQuiz({ questions, passPercent }: Quiz, answers: Answers): QuizResult {
  const results = questions.map((question) => ({
    questionId: question.id,
    credit: gradeAnswer(question, answers.get(question.id)),
  }));
  const sum = results.reduce((total, { credit }) => total + credit, 0);
  const scorePercent =
    questions.length === 0 ? 0 : Math.floor((sum / questions.length) * 100 + ROUNDING_ERROR);
  return { results, scorePercent, isPassed: scorePercent >= passPercent };
}

/** Credit from 0 to 1; 1 only for a fully right answer. A value of the wrong kind earns nothing. */
export function gradeAnswer(question: Question, given: AnswerValue | undefined): number {
  if (given === undefined) return 0;
  switch (question.type) {
    case 'single_choice':
    case 'true_false':
      return given === question.answer ? 1 : 0;
    case 'multiple_choice':
      return Array.isArray(given) ? gradeSelection(question.answer, given as readonly string[]) : 0;
    case 'order':
      return Array.isArray(given) ? gradeOrder(question.answer, given as readonly string[]) : 0;
    case 'short_answer':
      return typeof given === 'string' && isAcceptedAnswer(given, question.accepted) ? 1 : 0;
  }
}

/** Right choices minus wrong choices, divided by the number of right options, at least 0: choosing everything earns nothing. */
function gradeSelection(key: readonly string[], given: readonly string[]): number {
  const chosen = new Set(given);
  const right = key.filter((id) => chosen.has(id)).length;
  const wrong = chosen.size - right;
  return Math.max(0, (right - wrong) / key.length);
}

/**
 * The share of neighbouring pairs of the right order that are neighbours in the answer too. A block in the right order but in
 * the wrong place keeps its inner pairs. The reverse order earns nothing.
 */
function gradeOrder(key: readonly string[], given: readonly string[]): number {
  if (given.length !== key.length || new Set(given).size !== key.length) return 0;
  const follower = new Map(given.map((id, index) => [id, given[index + 1]]));
  const pairs = key.length - 1;
  const kept = key.slice(0, -1).filter((id, index) => follower.get(id) === key[index + 1]).length;
  return pairs === 0 ? Number(key[0] === given[0]) : kept / pairs;
}

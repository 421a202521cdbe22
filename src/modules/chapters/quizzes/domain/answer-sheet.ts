import type { AnswerValue, ListedAnswer, Question } from 'src/modules/chapters/course/domain/quiz';
import type { PresentedOption, PresentedQuestion } from './present';

export interface AnswerProblem {
  readonly questionId: string;
  readonly detail: string;
}

export interface ParsedAnswerSheet {
  /** By question id, in the author's option ids. */
  readonly answers: ReadonlyMap<string, AnswerValue>;
  /** Empty when the sheet can be graded. */
  readonly problems: readonly AnswerProblem[];
}

type ParsedAnswer = { readonly value: AnswerValue } | { readonly problem: string };

const problem = (text: string): ParsedAnswer => ({ problem: text });

/**
 * Converts a submission into answers that can be graded. Strict, because a misread submission would use up an attempt:
 * unknown questions, labels of another attempt and values of the wrong type are problems, not wrong answers.
 */
export function parseAnswerSheet(
  presented: readonly PresentedQuestion[],
  given: Readonly<Record<string, AnswerValue | ListedAnswer>>,
): ParsedAnswerSheet {
  const questions = new Map(presented.map((one) => [one.question.id, one]));
  const answers = new Map<string, AnswerValue>();
  const problems: AnswerProblem[] = [];
  for (const [questionId, value] of Object.entries(given)) {
    const question = questions.get(questionId);
    const parsed =
      question === undefined
        ? problem('is not a question of this quiz')
        : parseAnswer(question, toValue(question.question, value));
    if ('problem' in parsed) problems.push({ questionId, detail: parsed.problem });
    else answers.set(questionId, parsed.value);
  }
  return { answers, problems };
}

/** The meaning of a list depends on the question. A list that does not fit stays unchanged, and parseAnswer rejects it. */
function toValue({ type }: Question, value: AnswerValue | ListedAnswer): AnswerValue {
  if (typeof value !== 'object' || !('listed' in value)) return value;
  const [only, ...more] = value.listed;
  if (type === 'multiple_choice' || type === 'order' || only === undefined || more.length > 0)
    return value.listed;
  if (type !== 'true_false') return only;
  return TRUTHS.get(only.trim().toLowerCase()) ?? only;
}

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

function parseAnswer({ question, options }: PresentedQuestion, value: AnswerValue): ParsedAnswer {
  switch (question.type) {
    case 'true_false':
      return typeof value === 'boolean' ? { value } : problem('must be true or false');
    case 'short_answer':
      return typeof value === 'string' ? { value } : problem('must be a short text');
    case 'single_choice': {
      if (typeof value !== 'string') return problem('must be the id of one option');
      const [id] = toOptionIds([value], options);
      return id === undefined ? unknownOption : { value: id };
    }
    case 'multiple_choice':
      return parseOptions(value, options, { isComplete: false });
    case 'order':
      return parseOptions(value, options, { isComplete: true });
  }
}

const unknownOption = problem(
  'contains an option id that is not part of this attempt: read the quiz again with getQuiz',
);

function parseOptions(
  value: AnswerValue,
  options: readonly PresentedOption[],
  { isComplete }: { readonly isComplete: boolean },
): ParsedAnswer {
  if (typeof value === 'string' || typeof value === 'boolean') return problem('must be a list of option ids');
  if (new Set(value).size !== value.length) return problem('contains an option twice');
  const ids = toOptionIds(value, options);
  if (ids.length !== value.length) return unknownOption;
  if (isComplete && ids.length !== options.length)
    return problem('must contain every option id once, in order');
  return { value: ids };
}

function toOptionIds(labels: readonly string[], options: readonly PresentedOption[]): string[] {
  return labels.flatMap((label) => options.filter((option) => option.label === label).map(({ id }) => id));
}

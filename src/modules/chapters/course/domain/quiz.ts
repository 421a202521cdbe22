export const QUESTION_TYPES = [
  'single_choice',
  'multiple_choice',
  'true_false',
  'order',
  'short_answer',
] as const;

export const QUESTION_DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type QuestionDifficulty = (typeof QUESTION_DIFFICULTIES)[number];

export interface Option {
  /** The author's id. Students never see it; they see the label of their attempt. */
  readonly id: string;
  readonly text: string;
}

interface QuestionBase {
  /** Unique in the course. */
  readonly id: string;
  /** Id of the section that contains the answer. */
  readonly section: string;
  /** 1 for the chapter's first objective. */
  readonly objective: number;
  readonly difficulty: QuestionDifficulty;
  readonly prompt: string;
  readonly explanation: string;
}

export interface SingleChoiceQuestion extends QuestionBase {
  readonly type: 'single_choice';
  readonly options: readonly Option[];
  readonly answer: string;
}

export interface MultipleChoiceQuestion extends QuestionBase {
  readonly type: 'multiple_choice';
  readonly options: readonly Option[];
  readonly answer: readonly string[];
}

export interface TrueFalseQuestion extends QuestionBase {
  readonly type: 'true_false';
  readonly answer: boolean;
}

export interface OrderQuestion extends QuestionBase {
  readonly type: 'order';
  readonly options: readonly Option[];
  /** Every option once, in the right order. */
  readonly answer: readonly string[];
}

export interface ShortAnswerQuestion extends QuestionBase {
  readonly type: 'short_answer';
  /** Students see the first form. */
  readonly accepted: readonly string[];
}

export type Question =
  SingleChoiceQuestion | MultipleChoiceQuestion | TrueFalseQuestion | OrderQuestion | ShortAnswerQuestion;

export interface QuizContent {
  readonly chapterId: string;
  readonly passPercent: number;
  readonly questions: readonly Question[];
}

export interface Quiz extends QuizContent {
  /**
   * Hash of the file. Stored with every attempt and part of the seed that shuffles options. Never shown to students, so that
   * nobody can compute the author's order of the options.
   */
  readonly version: string;
}

/** The options of a question; empty for the types that have none. */
export function optionsOf(question: Question): readonly Option[] {
  return 'options' in question ? question.options : [];
}

/** The values for a question of any type, from callers that can only send lists. */
export interface ListedAnswer {
  readonly listed: readonly string[];
}

/** The answer to one question: option ids, true or false, or a text. */
export type AnswerValue = string | boolean | readonly string[];

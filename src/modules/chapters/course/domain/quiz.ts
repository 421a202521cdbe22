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
  /** The author's id. Never leaves the backend: students see a label of their attempt instead. */
  readonly id: string;
  readonly text: string;
}

interface QuestionBase {
  /** Unique in the course. */
  readonly id: string;
  /** Id of the section that the answer rests on. */
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
  /** The first form is the one that is shown. */
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
   * Hash of the file. Recorded with every attempt and part of the seed that shuffles options. Not for students: it
   * cannot be guessed without the file, so neither can the order in which the author wrote the options.
   */
  readonly version: string;
}

/** The options of a question; empty for the types that have none. */
export function optionsOf(question: Question): readonly Option[] {
  return 'options' in question ? question.options : [];
}

/** What a student gives to one question: option ids, true or false, or a text. */
/** One or more values for a question of whatever type, as callers send them that can only write lists. */
export interface ListedAnswer {
  readonly listed: readonly string[];
}

export type AnswerValue = string | boolean | readonly string[];

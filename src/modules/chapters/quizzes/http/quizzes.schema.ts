import { z } from 'zod';
import { TIERS } from 'src/modules/chapters/course/domain/chapter';
import { QUESTION_DIFFICULTIES, QUESTION_TYPES } from 'src/modules/chapters/course/domain/quiz';

// An absent member does not apply. ChatGPT's Actions documents do not support null.

const count = z.int().min(0).max(100_000);
const percent = z.int().min(0).max(100);
const credit = z
  .number()
  .min(0)
  .max(1)
  .describe('1 is fully right; order and multiple choice allow partial credit');

const quizChapterSchema = z.object({ id: z.string(), title: z.string(), access_tier: z.enum(TIERS) });

const attemptStateSchema = z.object({
  number: count.describe('The number of the next attempt'),
  passed: z.boolean().describe('Stays true after the first passed attempt'),
  last_score_percent: percent.optional(),
  best_score_percent: percent.optional(),
  cooldown_until: z.iso
    .datetime()
    .optional()
    .describe('The earliest time for the next submission; absent when it is possible now'),
});
export type AttemptStateResponse = z.infer<typeof attemptStateSchema>;

export const quizSchema = z.object({
  chapter: quizChapterSchema,
  pass_percent: percent,
  question_count: count,
  questions: z.array(
    z.object({
      id: z.string(),
      position: count,
      type: z.enum(QUESTION_TYPES),
      difficulty: z.enum(QUESTION_DIFFICULTIES),
      prompt: z.string(),
      options: z
        .array(z.object({ id: z.string().describe('Valid for this attempt only'), text: z.string() }))
        .optional()
        .describe('Absent for true_false and short_answer'),
    }),
  ),
  attempt: attemptStateSchema,
});
export type QuizResponse = z.infer<typeof quizSchema>;

const MOST_ANSWERS = 50;
const MOST_OPTIONS = 20;
const LABEL_CHARACTERS = 40;
const SHORT_ANSWER_CHARACTERS = 200;

const answerSchema = z.union([
  z.string().max(SHORT_ANSWER_CHARACTERS),
  z.boolean(),
  z.array(z.string().max(LABEL_CHARACTERS)).max(MOST_OPTIONS),
]);

const answerListSchema = z
  .array(
    z.strictObject({
      question_id: z.string().min(1).max(LABEL_CHARACTERS).describe('From getQuiz'),
      answer: z
        .array(z.string().max(SHORT_ANSWER_CHARACTERS))
        .max(MOST_OPTIONS)
        .describe(
          'single_choice: one option id; multiple_choice: option ids; order: all option ids in order; ' +
            'true_false: "true" or "false"; short_answer: one text.',
        ),
    }),
  )
  .max(MOST_ANSWERS)
  .refine((all) => new Set(all.map((one) => one.question_id)).size === all.length, 'answers a question twice')
  .describe('One entry per answered question. Missing questions count as wrong.')
  .transform((all) =>
    Object.fromEntries(all.map(({ question_id: id, answer }) => [id, { listed: answer }] as const)),
  );

const answerMapSchema = z
  .record(z.string().min(1).max(LABEL_CHARACTERS), answerSchema)
  .refine((answers) => Object.keys(answers).length <= MOST_ANSWERS, `has more than ${MOST_ANSWERS} entries`)
  .describe(
    'By question id. single_choice: an option id; multiple_choice: a list of option ids; true_false: true or false; ' +
      'order: all option ids in order; short_answer: a text. Missing questions count as wrong.',
  );

/** A map, or the same as a list for callers that cannot send maps, such as ChatGPT. */
export const submitQuizSchema = z
  .strictObject({ answers: answerMapSchema.optional(), answer_list: answerListSchema.optional() })
  .refine(({ answers, answer_list: list }) => (answers === undefined) !== (list === undefined), {
    path: ['answers'],
    message: 'is missing: send either answers or answer_list',
  })
  .transform(({ answers, answer_list: list = {} }) => ({ answers: answers ?? list }));
export type SubmitQuizBody = z.infer<typeof submitQuizSchema>;

export const gradedQuizSchema = z.object({
  chapter: quizChapterSchema,
  attempt_number: count,
  score_percent: percent.describe('Rounded down'),
  pass_percent: percent,
  passed: z.boolean(),
  results: z.array(
    z.object({
      question_id: z.string(),
      correct: z.boolean(),
      credit,
      explanation: z
        .string()
        .optional()
        .describe('For fully right answers; for the others after passing or from the third attempt on'),
      section: z
        .string()
        .describe(
          'Id of the section that contains the answer. After a wrong answer, read it again with openSection.',
        ),
      section_title: z.string(),
      correct_answer: z
        .array(z.string())
        .optional()
        .describe('Texts of the right options, in order; only after passing or from the third attempt on'),
    }),
  ),
  attempt: attemptStateSchema.describe('State of the next attempt'),
});
export type GradedQuizResponse = z.infer<typeof gradedQuizSchema>;

export const quizAttemptsSchema = z.object({
  chapter: quizChapterSchema,
  attempts: z
    .array(
      z.object({
        number: count,
        score_percent: percent,
        passed: z.boolean(),
        submitted_at: z.iso.datetime(),
        content_version: z.string().optional().describe('Version of the chapter at the time of the attempt'),
        results: z.array(z.object({ question_id: z.string(), correct: z.boolean(), credit })),
      }),
    )
    .describe('Newest first, at most fifty'),
});
export type QuizAttemptsResponse = z.infer<typeof quizAttemptsSchema>;

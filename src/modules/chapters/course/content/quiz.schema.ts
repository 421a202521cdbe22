import { z } from 'zod';
import { QUESTION_DIFFICULTIES, type QuizContent } from 'src/modules/chapters/course/domain/quiz';

const text = z.string().trim().min(1, 'is empty');
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not lower-case words joined by "-"');
const options = z.array(z.strictObject({ id, text }));

const common = {
  id,
  section: text,
  objective: z.int().min(1),
  difficulty: z.enum(QUESTION_DIFFICULTIES),
  prompt: text,
  explanation: text,
};

const question = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('single_choice'), options, answer: id }),
  z.strictObject({ ...common, type: z.literal('multiple_choice'), options, answer: z.array(id) }),
  z.strictObject({ ...common, type: z.literal('true_false'), answer: z.boolean() }),
  z.strictObject({ ...common, type: z.literal('order'), options, answer: z.array(id) }),
  z.strictObject({ ...common, type: z.literal('short_answer'), accepted: z.array(text) }),
]);

/** One file of `quizzes/`. Strict: a misspelt key is a mistake, not an ignored line. */
export const quizSchema: z.ZodType<QuizContent> = z
  .strictObject({
    chapter: text,
    pass_percent: z.int().min(1).max(100),
    questions: z.array(question),
  })
  .transform(({ chapter, pass_percent: passPercent, questions }) => ({
    chapterId: chapter,
    passPercent,
    questions,
  }));

import { z } from 'zod';
import { DIFFICULTIES, TIERS } from 'src/modules/chapters/course/domain/chapter';
import { chapterListSchema } from './chapters.schema';

const count = z.int().min(0).max(1_000_000);

export const courseSchema = z.object({
  title: z.string(),
  content_version: z.string().describe('Changes when the text of a chapter changes'),
  levels: z.array(
    z
      .object({ difficulty: z.enum(DIFFICULTIES), chapter_ids: z.array(z.string()) })
      .describe('From easy to hard'),
  ),
  totals: z.object({
    chapters: count,
    free_chapters: count,
    sections: count,
    words: count,
    estimated_minutes: count,
    quizzes: count,
    quiz_questions: count,
  }),
  chapters: chapterListSchema,
});
export type CourseResponse = z.infer<typeof courseSchema>;

export const STEPS = ['start_chapter', 'resume_section', 'take_quiz', 'upgrade', 'get_certificate'] as const;

const planSchema = z.object({
  plan: z.string(),
  interval: z.string(),
  amount_minor: count.optional(),
  currency: z.string().optional(),
});

export const nextStepSchema = z.object({
  step: z.enum(STEPS),
  message: z.string().describe('One sentence for the student'),
  operation_id: z.string().describe('The operation to call'),
  parameters: z
    .object({ chapter_id: z.string().optional(), section_id: z.string().optional() })
    .describe('Parameters of that operation'),
  chapter: z
    .object({ id: z.string(), title: z.string(), position: count, access_tier: z.enum(TIERS) })
    .optional(),
  section: z.object({ id: z.string(), title: z.string(), estimated_minutes: count }).optional(),
  not_before: z.iso
    .datetime()
    .optional()
    .describe('With take_quiz: the earliest time for the next submission'),
  preview: z
    .object({
      introduction: z.string(),
      objectives: z.array(z.string()),
      section_titles: z.array(z.string()),
    })
    .optional()
    .describe('With upgrade: a preview of the next chapter'),
  upgrade: z.object({ operation_id: z.string(), plans: z.array(planSchema) }).optional(),
});
export type NextStepResponse = z.infer<typeof nextStepSchema>;

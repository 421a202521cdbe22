import { z } from 'zod';
import { DIFFICULTIES, TIERS } from 'src/modules/chapters/course/domain/chapter';
import { progressSchema } from 'src/modules/chapters/learning/http/chapter-progress.schema';

// An absent member does not apply. ChatGPT's Actions documents do not support null.

// Bounded, because the document would otherwise contain the limits of a double.
const count = z.int().min(0).max(10_000);

const chapterLinkSchema = z.object({
  id: z.string(),
  title: z.string(),
  access_tier: z.enum(TIERS),
  user_has_access: z.boolean(),
});
export type ChapterLink = z.infer<typeof chapterLinkSchema>;

const sectionLinkSchema = z.object({ id: z.string(), title: z.string() });

const metadata = {
  id: z.string().describe('For example "chapter-4"'),
  title: z.string(),
  subtitle: z.string(),
  position: count.describe('1 for the first chapter'),
  access_tier: z.enum(TIERS),
  difficulty: z.enum(DIFFICULTIES),
  estimated_minutes: count,
  section_count: count,
  objectives: z.array(z.string()).describe('What the student can do afterwards'),
  user_has_access: z.boolean(),
  user_progress: progressSchema,
};

export const chapterListSchema = z.array(z.object(metadata));
export type ChapterListResponse = z.infer<typeof chapterListSchema>;

export const chapterSchema = z.object({
  ...metadata,
  prerequisites: z.array(z.string()).describe('Ids of the chapters to read first'),
  tags: z.array(z.string()),
  content_version: z.string().describe('Changes when the text changes'),
  introduction: z.string(),
  content: z.string().describe('The whole chapter as Markdown'),
  sections: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      position: count,
      estimated_minutes: count,
      opened: z.boolean(),
      completed: z.boolean(),
    }),
  ),
  navigation: z.object({
    previous_chapter: chapterLinkSchema.optional(),
    next_chapter: chapterLinkSchema.optional(),
  }),
});
export type ChapterResponse = z.infer<typeof chapterSchema>;

export const sectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  position: count,
  chapter: z.object({ id: z.string(), title: z.string(), access_tier: z.enum(TIERS) }),
  estimated_minutes: count,
  content_version: z.string(),
  content: z.string().describe('The section as Markdown'),
  navigation: z.object({
    previous_section: sectionLinkSchema.optional(),
    next_section: sectionLinkSchema.optional(),
  }),
  opened: z.boolean().describe('False until openSection has been called for it'),
  completed: z.boolean(),
});
export type SectionResponse = z.infer<typeof sectionSchema>;

export const openedSectionSchema = sectionSchema.extend({
  user_progress: progressSchema.describe('Progress in the whole chapter'),
  next_action: z
    .literal('completeSection')
    .describe('The operation to call when the student has finished the section'),
});
export type OpenedSectionResponse = z.infer<typeof openedSectionSchema>;

export const completedSectionSchema = z.object({
  chapter_id: z.string(),
  section_id: z.string(),
  user_progress: progressSchema.describe('Progress in the whole chapter'),
  next_action: z.literal('getNextStep'),
});
export type CompletedSectionResponse = z.infer<typeof completedSectionSchema>;

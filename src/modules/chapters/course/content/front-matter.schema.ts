import { z } from 'zod';
import { DIFFICULTIES, TIERS, type ChapterFrontMatter } from 'src/modules/chapters/course/domain/chapter';

const text = z.string().trim().min(1, 'is empty');

/** Strict: a misspelt key is a mistake, not an ignored line. */
export const frontMatterSchema: z.ZodType<ChapterFrontMatter> = z.strictObject({
  id: z.string().regex(/^chapter-[1-9]\d*$/, 'is not of the form chapter-N'),
  title: text,
  subtitle: text,
  tier: z.enum(TIERS),
  difficulty: z.enum(DIFFICULTIES),
  objectives: z.array(text),
  prerequisites: z.array(text).default([]),
  tags: z.array(text).default([]),
});

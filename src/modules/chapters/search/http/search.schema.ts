import { z } from 'zod';
import { wholeNumberSchema } from 'src/common/http/whole-number.schema';

const QUERY_CHARACTERS = 200;
const count = z.int().min(0).max(10_000);
const named = z.object({ id: z.string(), title: z.string() });

/** Control characters, including NUL, count as spaces. The rest must contain a letter or digit. */
export const searchQuerySchema = z.object({
  q: z
    .string('is missing')
    .max(QUERY_CHARACTERS, `is longer than ${QUERY_CHARACTERS} characters`)
    .transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
    .refine((text) => /[\p{L}\p{N}]/u.test(text), 'must contain a letter or digit'),
  limit: wholeNumberSchema(1, 20).default(5),
});
export type SearchQueryInput = z.infer<typeof searchQuerySchema>;

const definedTermSchema = z.object({ term: z.string(), definition: z.string() });

export const searchAnswerSchema = z.object({
  query: z.string(),
  hits: z
    .array(
      z.object({
        chapter: named,
        section: named,
        tags: z.array(z.string()).describe('Of the chapter'),
        snippet: z.string().describe('Plain text with matches between **'),
        score: z.number().min(0).max(1).describe('Comparable only within one answer'),
      }),
    )
    .describe('Best first; only sections that this student may read'),
  locked_matches: count.describe(
    'Number of premium chapters that contain the words and that this student cannot read',
  ),
  locked_chapters: z.array(named).describe('The chapters counted in locked_matches'),
  suggestion: z.string().optional().describe('The query with corrected spelling'),
  searched_for: z
    .string()
    .optional()
    .describe('Present when the query found nothing and the hits are for this query. Tell the student.'),
  glossary: z.array(definedTermSchema).describe('Matching terms, best first'),
});
export type SearchAnswerResponse = z.infer<typeof searchAnswerSchema>;

export const glossaryQuerySchema = z.object({
  term: z
    .string()
    .max(QUERY_CHARACTERS, `is longer than ${QUERY_CHARACTERS} characters`)
    .transform((text) => text.trim())
    .refine((text) => text !== '', 'is empty')
    .optional(),
});
export type GlossaryQuery = z.infer<typeof glossaryQuerySchema>;

const explainedIn = { section: named, chapter: named };

/** One schema for both answers, one term or all terms, because ChatGPT's Actions documents do not support alternatives. */
export const glossaryAnswerSchema = z.object({
  term: z.string().optional().describe('As the course spells it'),
  aliases: z.array(z.string()).optional(),
  definition: z.string().optional(),
  section: named.optional().describe('The section that explains the term'),
  chapter: named.optional(),
  terms: z
    .array(z.object({ term: z.string(), ...explainedIn }))
    .optional()
    .describe('All terms in alphabetical order, when the request has no term'),
});
export type GlossaryResponse = z.infer<typeof glossaryAnswerSchema>;

import { z } from 'zod';
import { wholeNumberSchema } from 'src/common/http/whole-number.schema';

const QUERY_CHARACTERS = 200;
const count = z.int().min(0).max(10_000);
const named = z.object({ id: z.string(), title: z.string() });

/** Control characters (NUL among them) count as blanks; what is left must have something to search for. */
export const searchQuerySchema = z.object({
  q: z
    .string('is missing: say what to search for')
    .max(QUERY_CHARACTERS, `is longer than ${QUERY_CHARACTERS} characters`)
    .transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
    .refine((text) => /[\p{L}\p{N}]/u.test(text), 'has no letter or digit to search for'),
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
        snippet: z.string().describe('Plain text; what was found stands between **'),
        score: z.number().min(0).max(1).describe('Comparable within one answer only'),
      }),
    )
    .describe('Best first; only what this student may read'),
  locked_matches: count.describe(
    'Premium chapters in which the words occur and that this student may not read yet',
  ),
  locked_chapters: z.array(named).describe('These chapters'),
  suggestion: z.string().optional().describe('The query with misspelt words corrected'),
  searched_for: z
    .string()
    .optional()
    .describe('The query has found nothing, and this is what was found for the suggestion: say so'),
  glossary: z.array(definedTermSchema).describe('Terms that fit, best first'),
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

/** One schema for both answers, because ChatGPT's documents know no alternatives: a term, or all of them. */
export const glossaryAnswerSchema = z.object({
  term: z.string().optional().describe('As the course writes it'),
  aliases: z.array(z.string()).optional(),
  definition: z.string().optional(),
  section: named.optional().describe('The section that explains the term'),
  chapter: named.optional(),
  terms: z
    .array(z.object({ term: z.string(), ...explainedIn }))
    .optional()
    .describe('All terms in the order of the alphabet, when none was asked for'),
});
export type GlossaryResponse = z.infer<typeof glossaryAnswerSchema>;

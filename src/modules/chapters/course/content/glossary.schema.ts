import { z } from 'zod';
import type { GlossaryEntry } from 'src/modules/chapters/course/domain/glossary';

const text = z.string().trim().min(1, 'is empty');

/** The content of `glossary.yaml`. Strict, so that a misspelled key is an error. */
export const glossarySchema: z.ZodType<GlossaryEntry[]> = z.array(
  z.strictObject({ term: text, aliases: z.array(text), definition: text, section: text }),
);

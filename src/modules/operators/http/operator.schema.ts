import { z } from 'zod';
import { ACCESS_STATES, type Access } from 'src/modules/payments';

// Absent means "does not apply", as everywhere in this API.

export const iso = (date: Date | null | undefined): string | undefined => date?.toISOString();

export const userIdSchema = z.uuid();
export const grantIdSchema = z.uuid();

/** Kept in the audit log for ever. One line, so that it reads well there. */
export const reasonSchema = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .regex(/^\P{Cc}*$/u, 'Must be one line of text')
  .describe('Why you do this, for whoever reads the audit log');

export const reasonBodySchema = z.strictObject({ reason: reasonSchema });
export type ReasonBody = z.infer<typeof reasonBodySchema>;

export const pageSizeSchema = z.coerce.number().int().min(1).max(200).default(50);
export const rowIdSchema = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const accessSchema = z.object({
  granted: z.boolean(),
  state: z.enum(ACCESS_STATES),
  reason: z.string().describe('Why the decision is what it is'),
  until: z.iso
    .datetime()
    .optional()
    .describe('When access ends, or ended; absent while granted: it has no end'),
});
export type AccessResponse = z.infer<typeof accessSchema>;

export function toAccessResponse({ granted, state, reason, until }: Access): AccessResponse {
  return { granted, state, reason, until: iso(until) };
}

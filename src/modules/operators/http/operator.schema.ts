import { z } from 'zod';
import { wholeNumberSchema } from 'src/common/http/whole-number.schema';
import { ACCESS_STATES, type Access } from 'src/modules/payments';

// An absent member does not apply, as everywhere in this API.

export const iso = (date: Date | null | undefined): string | undefined => date?.toISOString();

export const userIdSchema = z.uuid();
export const grantIdSchema = z.uuid();

/** The audit log keeps it permanently. It is one line, so that the log stays readable. */
export const reasonSchema = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .regex(/^\P{Cc}*$/u, 'Must be one line of text')
  .describe('Reason for this action, recorded in the audit log');

export const reasonBodySchema = z.strictObject({ reason: reasonSchema });
export type ReasonBody = z.infer<typeof reasonBodySchema>;

/** What an operator searches for. Shorter texts would match nearly everybody, and no index helps with them. */
export const searchTextSchema = z
  .string()
  .trim()
  .min(3)
  .max(320)
  // Without \p{Cc}: Swagger UI checks input with expressions that have no Unicode classes.
  .regex(/^[^\x00-\x1f\x7f-\x9f]*$/, 'Must be one line of text');

export const pageSizeSchema = wholeNumberSchema(1, 200).default(50);
export const rowIdSchema = wholeNumberSchema(1, Number.MAX_SAFE_INTEGER);

export const accessSchema = z.object({
  granted: z.boolean(),
  state: z.enum(ACCESS_STATES),
  reason: z.string().describe('Reason for the decision'),
  until: z.iso.datetime().optional().describe('When access ends or ended; absent while access has no end'),
});
export type AccessResponse = z.infer<typeof accessSchema>;

export function toAccessResponse({ granted, state, reason, until }: Access): AccessResponse {
  return { granted, state, reason, until: iso(until) };
}

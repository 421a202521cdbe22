import { z } from 'zod';
import { TIMELINE_POSITION } from 'src/database/timeline';
import { reasonSchema, searchTextSchema } from 'src/modules/operators/http/operator.schema';

export const searchQuerySchema = z.object({ q: searchTextSchema });

/** What an act reports on the page that it returns to. A shortened link has none. */
export const NOTICES = {
  synced: 'Synced with Stripe.',
  granted: 'Access is granted.',
  revoked: 'The grant is revoked.',
} as const;
export type Notice = keyof typeof NOTICES;

export const customerQuerySchema = z.object({
  done: z
    .enum(Object.keys(NOTICES) as [Notice, ...Notice[]])
    .optional()
    .catch(undefined),
  before: z.string().regex(TIMELINE_POSITION).optional().catch(undefined),
});
export type CustomerQuery = z.infer<typeof customerQuerySchema>;

/** Forms send every field as text; an empty field is an absent one. */
export const reasonFormSchema = z.object({ reason: reasonSchema, confirm: z.literal('yes').optional() });
export type ReasonForm = z.infer<typeof reasonFormSchema>;

export const grantFormSchema = reasonFormSchema.extend({
  ends_on: z.union([z.literal('').transform(() => undefined), z.iso.date()]).optional(),
});
export type GrantForm = z.infer<typeof grantFormSchema>;

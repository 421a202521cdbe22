import { z } from 'zod';
import { reasonSchema, rowIdSchema } from 'src/modules/operators/http/operator.schema';
import { EVENT_STATUSES } from 'src/modules/webhooks';

const empty = z.literal('').transform(() => undefined);

/** The filters of the inbox. A form sends its empty fields too. */
export const inboxQuerySchema = z.object({
  status: z.union([empty, z.enum(EVENT_STATUSES)]).optional(),
  type: z.union([empty, z.string().regex(/^[a-z0-9_.]{1,255}$/, 'Must be a Stripe event type')]).optional(),
  customer_id: z
    .union([empty, z.string().regex(/^cus_[0-9a-zA-Z_]{1,250}$/, 'Must be a Stripe customer id (cus_...)')])
    .optional(),
  since: z.union([empty, z.iso.date()]).optional(),
  before: rowIdSchema.optional().catch(undefined),
});
export type InboxQuery = z.infer<typeof inboxQuerySchema>;

/** What an act on an event reports. */
export const INBOX_NOTICES = {
  replayed: 'The event is queued again.',
  ignored: 'The event is ignored.',
} as const;
export type InboxNotice = keyof typeof INBOX_NOTICES;

export const eventQuerySchema = z.object({
  done: z
    .enum(Object.keys(INBOX_NOTICES) as [InboxNotice, ...InboxNotice[]])
    .optional()
    .catch(undefined),
});

/** The form below the list: the same filter, first as a dry run. */
export const batchFormSchema = z.object({
  reason: reasonSchema,
  status: z.enum(['dead', 'ignored', 'processed']),
  type: inboxQuerySchema.shape.type,
  customer_id: inboxQuerySchema.shape.customer_id,
  since: inboxQuerySchema.shape.since,
  act: z.enum(['dry_run', 'replay']),
});
export type BatchForm = z.infer<typeof batchFormSchema>;

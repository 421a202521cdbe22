import { z } from 'zod';
import { TIMELINE_POSITION } from 'src/database/timeline';
import { ACCESS_STATES } from 'src/modules/payments';
import { AUDIT_ACTIONS } from 'src/modules/operators/persistence/audit-log.repository';
import { EVENT_STATUSES } from 'src/modules/webhooks';
import { pageSizeSchema } from './operator.schema';

const time = z.iso.datetime();

export const timelineQuerySchema = z.strictObject({
  before: z
    .string()
    .regex(TIMELINE_POSITION, 'Must be the position of a timeline entry')
    .optional()
    .describe('The last position of the previous page'),
  limit: pageSizeSchema,
});
export type TimelineQuery = z.infer<typeof timelineQuerySchema>;

const place = { position: z.string().describe('Pass as `before` for the next page'), at: time };

const eventSchema = z.object({
  ...place,
  kind: z.literal('webhook_event'),
  id: z.number().int().describe('See getWebhookEvent'),
  event_id: z.string(),
  type: z.string(),
  customer_id: z.string(),
  status: z.enum(EVENT_STATUSES),
  status_reason: z.string().optional(),
  processed_at: time.optional(),
});

const transitionSchema = z.object({
  ...place,
  kind: z.literal('transition'),
  from: z.enum(ACCESS_STATES),
  to: z.enum(ACCESS_STATES),
  granted: z.boolean(),
  reason: z.string(),
  until: time.optional(),
  subscription_id: z.string().optional(),
  cause: z.object({ kind: z.string(), id: z.string() }),
});

const operationSchema = z.object({
  ...place,
  kind: z.literal('stripe_operation'),
  id: z.uuid().describe('The idempotency key at Stripe'),
  operation: z.string(),
  status: z.enum(['pending', 'succeeded', 'failed', 'superseded']),
  target: z.string(),
  result_id: z.string().optional(),
  error_code: z.string().optional(),
  request_id: z.string().optional(),
  finished_at: time.optional(),
});

const grantSchema = z.object({
  ...place,
  kind: z.enum(['grant', 'grant_revoked']),
  id: z.uuid(),
  reason: z.string().describe('Reason for the grant'),
  starts_at: time,
  ends_at: time.optional(),
  granted_by: z.uuid(),
});

const auditSchema = z.object({
  ...place,
  kind: z.literal('audit'),
  id: z.number().int(),
  operator_id: z.uuid(),
  action: z.enum(AUDIT_ACTIONS),
  target_kind: z.string(),
  target_id: z.string(),
  reason: z.string(),
  request_id: z.string(),
});

const timelineEntrySchema = z.discriminatedUnion('kind', [
  eventSchema,
  transitionSchema,
  operationSchema,
  grantSchema,
  auditSchema,
]);
export const timelineSchema = z.array(timelineEntrySchema);
export type TimelineEntryResponse = z.infer<typeof timelineEntrySchema>;

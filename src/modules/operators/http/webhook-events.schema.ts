import { z } from 'zod';
import type { DeadReplay } from 'src/modules/operators/event-replay.service';
import {
  EVENT_STATUSES,
  type EventDetail,
  type EventSummary,
  type FailedAttempt,
} from 'src/modules/webhooks';
import { iso, pageSizeSchema, reasonSchema, rowIdSchema } from './operator.schema';

export const webhookEventsQuerySchema = z.strictObject({
  status: z.enum(EVENT_STATUSES).optional(),
  type: z
    .string()
    .regex(/^[a-z0-9_.]{1,255}$/, 'Must be a Stripe event type')
    .optional(),
  customer_id: z
    .string()
    .regex(/^cus_[0-9a-zA-Z_]{1,250}$/, 'Must be a Stripe customer id (cus_...)')
    .optional(),
  received_from: z.iso.datetime({ offset: true }).optional().describe('Received at this time or later'),
  received_to: z.iso.datetime({ offset: true }).optional().describe('Received before this time'),
  before: rowIdSchema.optional().describe('The last id of the previous page'),
  limit: pageSizeSchema,
});
export type WebhookEventsQuery = z.infer<typeof webhookEventsQuerySchema>;

const webhookEventSchema = z.object({
  id: z.number().int(),
  event_id: z.string(),
  type: z.string(),
  customer_id: z.string().optional(),
  status: z.enum(EVENT_STATUSES),
  status_reason: z.string().optional(),
  attempts: z.number().int().describe('Failed attempts'),
  outages: z.number().int().describe('Failures because Stripe or the database was unavailable'),
  crashes: z.number().int().describe('How often the process crashed while processing it'),
  last_error: z.string().optional(),
  request_id: z.string(),
  received_at: z.iso.datetime(),
  next_attempt_at: z.iso.datetime().optional(),
  processed_at: z.iso.datetime().optional(),
});
export const webhookEventsSchema = z.array(webhookEventSchema);

export const webhookEventDetailSchema = webhookEventSchema.extend({
  api_version: z.string().optional(),
  livemode: z.boolean(),
  object_id: z.string().optional(),
  stripe_created_at: z.iso.datetime(),
  processed_by: z.enum(['bull', 'dispatcher']).optional(),
  failed_attempts: z
    .array(
      z.object({
        failed_at: z.iso.datetime(),
        counts_as: z.enum(['attempt', 'outage', 'nothing']),
        processed_by: z.enum(['bull', 'dispatcher']),
        error: z.string(),
        next_attempt_at: z.iso.datetime().optional().describe('Absent after the last attempt'),
      }),
    )
    .describe('The newest hundred, newest first'),
  payload: z.string().describe('The received body as text'),
});
export type WebhookEventDetailResponse = z.infer<typeof webhookEventDetailSchema>;

export const replayDeadBodySchema = z.strictObject({
  reason: reasonSchema,
  dry_run: z.boolean().default(true).describe('Only list the events that a replay would affect'),
  limit: z.number().int().min(1).max(1000).default(100).describe('The oldest first'),
});
export type ReplayDeadBody = z.infer<typeof replayDeadBodySchema>;

export const deadReplaySchema = z.object({
  dry_run: z.boolean(),
  count: z.number().int(),
  ids: z
    .array(z.number().int())
    .describe('Replayed events, or in a dry run those that a replay would affect'),
  remaining: z.number().int().describe('Remaining dead events'),
});
export type DeadReplayResponse = z.infer<typeof deadReplaySchema>;

export function toDeadReplayResponse({ dryRun, ids, remaining }: DeadReplay): DeadReplayResponse {
  return { dry_run: dryRun, count: ids.length, ids: [...ids], remaining };
}

export function toWebhookEventDetailResponse(
  event: EventDetail,
  attempts: readonly FailedAttempt[],
): WebhookEventDetailResponse {
  return {
    ...toWebhookEventResponse(event),
    api_version: event.apiVersion ?? undefined,
    livemode: event.livemode,
    object_id: event.objectId ?? undefined,
    stripe_created_at: event.stripeCreatedAt.toISOString(),
    processed_by: event.processedBy ?? undefined,
    failed_attempts: attempts.map((attempt) => ({
      failed_at: attempt.failedAt.toISOString(),
      counts_as: attempt.countsAs,
      processed_by: attempt.processedBy,
      error: attempt.error,
      next_attempt_at: iso(attempt.nextAttemptAt),
    })),
    payload: event.payload,
  };
}
export type WebhookEventResponse = z.infer<typeof webhookEventSchema>;

export function toWebhookEventResponse(event: EventSummary): WebhookEventResponse {
  return {
    id: event.id,
    event_id: event.eventId,
    type: event.type,
    customer_id: event.customerId ?? undefined,
    status: event.status,
    status_reason: event.statusReason ?? undefined,
    attempts: event.attempts,
    outages: event.outages,
    crashes: event.crashes,
    last_error: event.lastError ?? undefined,
    request_id: event.requestId,
    received_at: event.receivedAt.toISOString(),
    next_attempt_at: event.status === 'pending' ? event.nextAttemptAt.toISOString() : undefined,
    processed_at: iso(event.processedAt),
  };
}

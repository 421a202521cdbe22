import { z } from 'zod';
import { EVENT_STATUSES, type EventSummary } from 'src/modules/webhooks';

export const webhookEventsQuerySchema = z.strictObject({
  status: z.enum(EVENT_STATUSES).optional(),
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type WebhookEventsQuery = z.infer<typeof webhookEventsQuerySchema>;

const webhookEventSchema = z.object({
  id: z.number().int(),
  event_id: z.string(),
  type: z.string(),
  customer_id: z.string().optional(),
  status: z.enum(EVENT_STATUSES),
  status_reason: z.string().optional(),
  attempts: z.number().int().describe('Failures that were handled'),
  outages: z.number().int().describe('Failures because Stripe or the database was away'),
  crashes: z.number().int().describe('Times the process died while working on it'),
  last_error: z.string().optional(),
  request_id: z.string(),
  received_at: z.iso.datetime(),
  next_attempt_at: z.iso.datetime().optional(),
  processed_at: z.iso.datetime().optional(),
});
export const webhookEventsSchema = z.array(webhookEventSchema);
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
    processed_at: event.processedAt?.toISOString(),
  };
}

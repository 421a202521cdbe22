import { z } from 'zod';
import type { BatchReplay } from 'src/modules/operators/batch-replay.service';
import { accessSchema, reasonSchema, toAccessResponse } from './operator.schema';
import { webhookEventsQuerySchema } from './webhook-events.schema';

const { type, customer_id, received_from, received_to } = webhookEventsQuerySchema.shape;

export const replayBodySchema = z.strictObject({
  reason: reasonSchema,
  status: z
    .enum(['dead', 'ignored', 'processed'])
    .default('dead')
    .describe('Events that are already processed are processed again; this is as safe as a sync'),
  type,
  customer_id,
  received_from,
  received_to,
  dry_run: z.boolean().default(true).describe('Only show what a replay would affect and change'),
  limit: z.number().int().min(1).max(1000).default(100).describe('The oldest first'),
});
export type ReplayBody = z.infer<typeof replayBodySchema>;

export const batchReplaySchema = z.object({
  dry_run: z.boolean(),
  count: z.number().int(),
  ids: z.array(z.number().int()),
  customer_ids: z.array(z.string()).describe('The customers whose state is fetched again'),
  changes: z
    .array(
      z.object({
        customer_id: z.string(),
        user_id: z.uuid(),
        before: accessSchema,
        after: accessSchema,
        changes: z.boolean().describe('True when access would change'),
      }),
    )
    .describe('In a dry run: the access of the first ten customers before and after'),
});
export type BatchReplayResponse = z.infer<typeof batchReplaySchema>;

export const ignoredSchema = z.object({ id: z.number().int(), status: z.literal('ignored') });
export type IgnoredResponse = z.infer<typeof ignoredSchema>;

export function toBatchReplayResponse({
  dryRun,
  ids,
  customerIds,
  previews,
}: BatchReplay): BatchReplayResponse {
  return {
    dry_run: dryRun,
    count: ids.length,
    ids: [...ids],
    customer_ids: [...customerIds],
    changes: previews.map(({ customerId, userId, before, after }) => ({
      customer_id: customerId,
      user_id: userId,
      before: toAccessResponse(before),
      after: toAccessResponse(after),
      changes:
        before.granted !== after.granted || before.state !== after.state || before.reason !== after.reason,
    })),
  };
}

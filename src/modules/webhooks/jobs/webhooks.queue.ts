import { z } from 'zod';

export const WEBHOOKS_QUEUE = 'webhooks';

/** Jobs one worker process runs at a time; more workers give more. */
export const CONCURRENCY = 10;

/** Jobs are named by event type and event id, or `sync` and customer id: one handler runs them all. */
export const ANY_NAME = '*';

/** Redis is readable by operators and tools: a job carries ids only. */
export const jobSchema = z.union([
  z.object({ id: z.number().int() }),
  z.object({ subject_id: z.string(), requested: z.number().int() }),
]);

import { z } from 'zod';

export const WEBHOOKS_QUEUE = 'webhooks';

/** Jobs one worker process runs at a time; more workers give more. */
export const CONCURRENCY = 10;

/** Redis is readable by operators and tools: a job carries ids only. */
export const PROCESS_EVENT = 'process-event';
export const processEventSchema = z.object({ id: z.number().int(), generation: z.number().int() });

export const SYNC_CUSTOMER = 'sync-customer';
export const syncCustomerSchema = z.object({ subject_id: z.string(), requested: z.number().int() });

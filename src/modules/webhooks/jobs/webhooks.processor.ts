import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { EventProcessingService, type ProcessingResult } from 'src/modules/webhooks/event-processing.service';
import {
  CONCURRENCY,
  PROCESS_EVENT,
  processEventSchema,
  SYNC_CUSTOMER,
  syncCustomerSchema,
  WEBHOOKS_QUEUE,
} from './webhooks.queue';

/** Where effects run while Redis is there: concurrency and pausing are Bull's. A payload that does not parse is refused. */
@Processor(WEBHOOKS_QUEUE)
export class WebhooksProcessor {
  constructor(private readonly events: EventProcessingService) {}

  @Process({ name: PROCESS_EVENT, concurrency: CONCURRENCY })
  async processEvent(job: Job<unknown>): Promise<ProcessingResult> {
    return this.events.processEvent(processEventSchema.parse(job.data), 'bull');
  }

  @Process({ name: SYNC_CUSTOMER, concurrency: 1 })
  async syncCustomer(job: Job<unknown>): Promise<ProcessingResult> {
    return this.events.processSubject(syncCustomerSchema.parse(job.data).subject_id, 'bull');
  }
}

import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { EventProcessingService, type ProcessingResult } from 'src/modules/webhooks/event-processing.service';
import { RetryLaterError } from 'src/queue/retry-later';
import { ANY_NAME, CONCURRENCY, jobSchema, WEBHOOKS_QUEUE } from './webhooks.queue';

/** Another process works for the customer: it takes this event along, mostly within a second. */
const BUSY_DELAY_MS = 1000;

/**
 * Where effects run while Redis works: concurrency, retries and pausing are Bull's. A job follows its row: it is delayed
 * until the row's next attempt, shows the row's attempts and reason, and fails when the row is dead.
 */
@Processor(WEBHOOKS_QUEUE)
export class WebhooksProcessor {
  constructor(private readonly events: EventProcessingService) {}

  @Process({ name: ANY_NAME, concurrency: CONCURRENCY })
  async process(job: Job<unknown>): Promise<ProcessingResult> {
    const { data } = jobSchema.safeParse(job.data);
    if (data === undefined) throw new RetryLaterError('the payload does not match the schema', undefined);
    if ('subject_id' in data) return this.sync(data.subject_id);
    return this.run(job, data.id);
  }

  /** The dispatcher schedules a failed sync again: it has no row of its own to follow. */
  private async sync(subjectId: string): Promise<ProcessingResult> {
    try {
      return await this.events.processSubject(subjectId, 'bull');
    } catch (error) {
      throw new RetryLaterError(error instanceof Error ? error.message : String(error), undefined);
    }
  }

  private async run(job: Job<unknown>, id: number): Promise<ProcessingResult> {
    let result: ProcessingResult = 'nothing_to_do';
    try {
      result = await this.events.processEvent(id, 'bull');
    } catch {
      // What failed is in the row, which decides below. If the row cannot be read, that error ends the attempt.
    }
    if (result === 'processed') return result;
    const row = await this.events.findState(id);
    if (row === undefined || row.status === 'processed' || row.status === 'ignored') return 'nothing_to_do';
    // Bull adds one for the attempt that ends here.
    job.attemptsMade = row.failures - 1;
    if (row.status !== 'pending') throw new RetryLaterError(row.lastError ?? row.status, undefined);
    const reason = row.lastError ?? 'another worker works for this customer';
    throw new RetryLaterError(reason, row.dueInMs > 0 ? row.dueInMs : BUSY_DELAY_MS);
  }
}

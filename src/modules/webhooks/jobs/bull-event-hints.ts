import { setTimeout as sleep } from 'node:timers/promises';
import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import type { EventRef } from 'src/modules/webhooks/persistence/webhook-events.repository';
import { EventHints, type SyncRef } from './event-hints';
import { PROCESS_EVENT, SYNC_CUSTOMER, WEBHOOKS_QUEUE } from './webhooks.queue';

/**
 * Hints as Bull jobs. The job id names row and generation: the same hint twice is one job, and a hint after a crash
 * is a new one, which a dead worker's leftover cannot swallow.
 */
@Injectable()
export class BullEventHints extends EventHints {
  private readonly logger = new Logger(BullEventHints.name);

  constructor(@InjectQueue(WEBHOOKS_QUEUE) private readonly queue: Queue) {
    super();
  }

  isReady(): boolean {
    return this.queue.client.status === 'ready';
  }

  hintEvents(events: readonly EventRef[], budgetMs: number): Promise<boolean> {
    const jobs = events.map(({ id, generation }) => ({
      name: PROCESS_EVENT,
      data: { id, generation },
      opts: { jobId: `${id}-${generation}` },
    }));
    return this.add(jobs, budgetMs);
  }

  hintSyncs(syncs: readonly SyncRef[], budgetMs: number): Promise<boolean> {
    const jobs = syncs.map(({ subjectId, requested }) => ({
      name: SYNC_CUSTOMER,
      data: { subject_id: subjectId, requested },
      opts: { jobId: `${subjectId}-${requested}` },
    }));
    return this.add(jobs, budgetMs);
  }

  private async add(jobs: Parameters<Queue['addBulk']>[0], budgetMs: number): Promise<boolean> {
    if (jobs.length === 0) return true;
    if (!this.isReady()) return false;
    const added = this.queue.addBulk(jobs).then(
      () => true,
      (error: unknown) => {
        this.logger.warn({ err: error, jobs: jobs.length }, 'hints refused by redis');
        return false;
      },
    );
    const late = new AbortController();
    const timeout = sleep(budgetMs, false, { signal: late.signal }).catch(() => false);
    const result = await Promise.race([added, timeout]);
    late.abort();
    return result;
  }
}

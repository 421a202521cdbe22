import { Injectable, Logger } from '@nestjs/common';
import { EventProcessingService } from './event-processing.service';
import { CONCURRENCY } from './jobs/webhooks.queue';

/** Runs customers' work in this process, a few at a time: what Bull does while there is a Redis. */
@Injectable()
export class InboxRunner {
  private readonly logger = new Logger(InboxRunner.name);
  private readonly running = new Map<string, Promise<void>>();
  private readonly waiting: { subjectId: string; done: () => void }[] = [];

  constructor(private readonly events: EventProcessingService) {}

  /** How many more may be taken from the inbox now. */
  get capacity(): number {
    return Math.max(0, CONCURRENCY - this.running.size - this.waiting.length);
  }

  /** `done` is called once this customer's work has ended, well or badly. */
  run(subjectId: string, done: () => void): void {
    // Work in flight covers only what had arrived when it began; the row stays due and is found again.
    if (this.running.has(subjectId) || this.waiting.some((one) => one.subjectId === subjectId)) return;
    if (this.running.size >= CONCURRENCY) {
      this.waiting.push({ subjectId, done });
      return;
    }
    const work = this.events
      .processSubject(subjectId, 'dispatcher')
      .then(() => undefined)
      .catch((error: unknown) =>
        this.logger.warn({ err: error, customer: subjectId }, 'event failed; will be retried'),
      )
      .finally(() => {
        this.running.delete(subjectId);
        const next = this.waiting.shift();
        if (next !== undefined) this.run(next.subjectId, next.done);
        done();
      });
    this.running.set(subjectId, work);
  }

  /** Resolves when everything in flight has ended. */
  async drain(): Promise<void> {
    this.waiting.length = 0;
    await Promise.all(this.running.values());
  }
}

import { Injectable, Logger } from '@nestjs/common';
import { EventProcessingService } from './event-processing.service';
import { CONCURRENCY } from './jobs/webhooks.queue';

/** A customer's work, or an event whose customer is not known yet. */
export type DueWork = { readonly subjectId: string } | { readonly subjectId: null; readonly id: number };

const keyOf = (work: DueWork): string => work.subjectId ?? `event:${work.id}`;

/** Runs customers' work in this process, a few at a time: what Bull does while there is a Redis. */
@Injectable()
export class InboxRunner {
  private readonly logger = new Logger(InboxRunner.name);
  private readonly running = new Map<string, Promise<void>>();
  private readonly waiting: { work: DueWork; done: () => void }[] = [];

  constructor(private readonly events: EventProcessingService) {}

  /** How many more may be taken from the inbox now. */
  get capacity(): number {
    return Math.max(0, CONCURRENCY - this.running.size - this.waiting.length);
  }

  /** `done` is called once this customer's work has ended, well or badly. */
  run(work: DueWork, done: () => void): void {
    const key = keyOf(work);
    // Work in flight covers only what had arrived when it began; the row stays due and is found again.
    if (this.running.has(key) || this.waiting.some((waiting) => keyOf(waiting.work) === key)) return;
    if (this.running.size >= CONCURRENCY) {
      this.waiting.push({ work, done });
      return;
    }
    const running = this.process(work)
      .then(() => undefined)
      .catch((error: unknown) => this.logger.warn({ err: error, work: key }, 'event failed; will be retried'))
      .finally(() => {
        this.running.delete(key);
        const next = this.waiting.shift();
        if (next !== undefined) this.run(next.work, next.done);
        done();
      });
    this.running.set(key, running);
  }

  private process(work: DueWork): Promise<unknown> {
    return work.subjectId === null
      ? this.events.processEvent(work.id, 'dispatcher')
      : this.events.processSubject(work.subjectId, 'dispatcher');
  }

  /** Resolves when everything in flight has ended. */
  async drain(): Promise<void> {
    this.waiting.length = 0;
    await Promise.all(this.running.values());
  }
}

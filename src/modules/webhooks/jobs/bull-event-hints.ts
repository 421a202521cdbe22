import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { within } from 'src/common/deadline';
import { EventHints, type EventRef, type SyncRef } from './event-hints';
import { WEBHOOKS_QUEUE } from './webhooks.queue';

interface JobToAdd {
  readonly name: string;
  readonly data: object;
  readonly idPrefix: string | number;
}

/**
 * Hints as Bull jobs, each with an id of its own: Bull ignores a job whose id exists, even when a dead worker left only
 * its hash behind. A hint counts when its own reply says so; Bull's bulk add resolves in spite of error replies.
 */
@Injectable()
export class BullEventHints extends EventHints {
  private readonly logger = new Logger(BullEventHints.name);
  private refusing = false;

  constructor(@InjectQueue(WEBHOOKS_QUEUE) private readonly queue: Queue) {
    super();
  }

  isReady(): boolean {
    return this.queue.client.status === 'ready';
  }

  hintEvents<T extends EventRef>(events: readonly T[], budgetMs: number): Promise<T[]> {
    const toJob = ({ id, eventId, type }: T) => ({
      name: `${type} ${eventId}`,
      data: { id },
      idPrefix: id,
    });
    return this.addEach(events, toJob, budgetMs);
  }

  hintSyncs<T extends SyncRef>(syncs: readonly T[], budgetMs: number): Promise<T[]> {
    const toJob = ({ subjectId, requested }: T) => ({
      name: `sync ${subjectId}`,
      data: { subject_id: subjectId, requested },
      idPrefix: subjectId,
    });
    return this.addEach(syncs, toJob, budgetMs);
  }

  async isPaused(budgetMs: number): Promise<boolean> {
    if (!this.isReady()) return false;
    const paused = this.queue.isPaused().catch(() => false);
    return within(paused, budgetMs, false);
  }

  private async addEach<T>(
    items: readonly T[],
    toJob: (item: T) => JobToAdd,
    budgetMs: number,
  ): Promise<T[]> {
    if (items.length === 0) return [];
    if (!this.isReady()) return [...items];
    const refused = new Set(items);
    const sendTogether = this.holdWrites();
    const adding = items.map((item) => this.add(toJob(item)).then(() => refused.delete(item)));
    sendTogether();
    const results = await within(Promise.allSettled(adding), budgetMs, undefined);
    const failure = results?.find((result) => result.status === 'rejected');
    this.noteRefusal(refused.size, failure?.reason ?? `no reply within ${budgetMs} ms`);
    return [...refused];
  }

  private async add({ name, data, idPrefix }: JobToAdd): Promise<void> {
    const jobId = `${idPrefix}-${randomBytes(6).toString('base64url')}`;
    await this.queue.add(name, data, { jobId });
  }

  /** Each command keeps its own reply, but all of them leave in one write. */
  private holdWrites(): () => void {
    const { stream } = this.queue.client as unknown as { readonly stream?: Writable };
    stream?.cork();
    // Bull sends its commands a few microtasks later.
    return () => void setImmediate(() => stream?.uncork());
  }

  /** One line per incident. */
  private noteRefusal(count: number, reason: unknown): void {
    if (count > 0 && !this.refusing)
      this.logger.warn(
        { err: reason, jobs: count },
        'redis does not accept jobs; events are run from PostgreSQL',
      );
    if (count === 0 && this.refusing) this.logger.log('redis accepts jobs again');
    this.refusing = count > 0;
  }
}

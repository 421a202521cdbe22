import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DELETED_ROWS, type DeletedRows } from './domain/retention-policy';
import { RetentionRepository } from './persistence/retention.repository';

const EVERY_MS = 60 * 60 * 1000;
/** Short transactions: deleting must not hold up what serves requests. */
const BATCH = 1000;
const BATCHES_PER_RUN = 100;

/** Deletes what nobody needs any more, every hour, in one worker at a time (docs/retention.md). */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RetentionService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly rows: RetentionRepository) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.run().finally(() => (this.running = undefined));
    }, EVERY_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** One pass over all tables. A table that fails does not keep the others from being cleaned. Repeating is harmless. */
  async run(policy: readonly DeletedRows[] = DELETED_ROWS): Promise<void> {
    for (const rule of policy) {
      try {
        const deleted = await this.clean(rule);
        if (deleted > 0)
          this.logger.log({ table: rule.table, deleted }, 'deleted rows beyond their retention');
      } catch (error) {
        this.logger.warn(
          { err: error, table: rule.table },
          'could not delete old rows; the next run tries again',
        );
      }
    }
  }

  private async clean(rule: DeletedRows): Promise<number> {
    let total = 0;
    for (let batch = 0; batch < BATCHES_PER_RUN && !this.stopped; batch += 1) {
      const deleted = await this.rows.deleteSome(rule, BATCH);
      total += deleted ?? 0;
      if (deleted !== BATCH) break;
    }
    return total;
  }
}

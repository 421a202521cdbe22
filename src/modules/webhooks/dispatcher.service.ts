import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseConfig, WebhooksConfig } from 'src/config/app-config';
import { NotifiedLoop } from 'src/database/notified-loop';
import { SyncRequests, type DueSync } from 'src/engine/sync-requests';
import { WORK_CHANNEL } from 'src/engine/wake-ups';
import { InboxWorkRepository, type DueEvent } from 'src/modules/webhooks/persistence/inbox-work.repository';
import { InboxRunner, type DueWork } from './inbox-runner';
import { EventHints } from './jobs/event-hints';

/** Rows hinted at once; what is left comes with the next look. */
const BATCH = 500;
/** A row that was hinted and that nobody has claimed after this is run here. */
const HOLD_MS = 2000;
const HINT_BUDGET_MS = 1000;
const PAUSED_BUDGET_MS = 500;

type Due = DueEvent | DueSync;

/**
 * Finds what is due and that nobody works on: rows whose hint was lost, whose retry is due, whose worker died. It hints
 * each once. What Redis does not confirm, and what nobody claims although Redis confirmed it, is run here: a hint that
 * leads nowhere (flushed, consumers disconnected, lost scripts) costs seconds. A queue that an operator has paused is
 * the one exception. Woken by NOTIFY, with a poll behind it.
 */
@Injectable()
export class DispatcherService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DispatcherService.name);
  private readonly loop: NotifiedLoop;
  private unclaimedSince: number | undefined;

  constructor(
    private readonly inbox: InboxWorkRepository,
    private readonly requests: SyncRequests,
    private readonly hints: EventHints,
    private readonly runner: InboxRunner,
    config: WebhooksConfig,
    database: DatabaseConfig,
  ) {
    this.loop = new NotifiedLoop({
      databaseUrl: database.url,
      channel: WORK_CHANNEL,
      intervalMs: config.dispatchIntervalMs,
      look: () => this.look(),
      onFailure: (error) => this.logger.warn({ err: error }, 'dispatch failed; the next poll tries again'),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await this.runner.drain();
  }

  /** Looks now; a wake-up during a look causes exactly one more. */
  wake(): void {
    this.loop.wake();
  }

  private async look(): Promise<void> {
    const limit = this.hints.isReady() ? BATCH : this.runner.capacity;
    if (limit === 0) return;
    const events = await this.inbox.takeDue(limit, HOLD_MS);
    const syncs = await this.requests.takeDue(limit, HOLD_MS);
    const refused: Due[] = [
      ...(await this.hints.hintEvents(events.filter(isFirst), HINT_BUDGET_MS)),
      ...(await this.hints.hintSyncs(syncs.filter(isFirst), HINT_BUDGET_MS)),
    ];
    const unclaimed = [...events, ...syncs].filter((due) => !isFirst(due));
    for (const due of [...refused, ...(await this.unlessPaused(unclaimed))])
      this.runner.run(toWork(due), () => this.wake());
  }

  private async unlessPaused(unclaimed: readonly Due[]): Promise<readonly Due[]> {
    if (unclaimed.length === 0 || !this.hints.isReady()) return unclaimed;
    if (await this.hints.isPaused(PAUSED_BUDGET_MS)) return [];
    this.noteUnclaimed(unclaimed.length);
    return unclaimed;
  }

  /** One line per incident: Redis takes the jobs, and no worker takes them from there. */
  private noteUnclaimed(count: number): void {
    const now = performance.now();
    if (this.unclaimedSince === undefined || now - this.unclaimedSince > 60_000)
      this.logger.warn(
        { events: count },
        'queued events are not claimed by any worker; running them from PostgreSQL',
      );
    this.unclaimedSince = now;
  }
}

const isFirst = ({ hints }: Due): boolean => hints <= 1;

const toWork = (due: Due): DueWork =>
  due.subjectId === null ? { subjectId: null, id: due.id } : { subjectId: due.subjectId };

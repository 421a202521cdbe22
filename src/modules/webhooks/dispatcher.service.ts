import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseConfig, WebhooksConfig } from 'src/config/app-config';
import { NotifiedLoop } from 'src/database/notified-loop';
import { SubjectsRepository } from 'src/engine/persistence/subjects.repository';
import { InboxRunner } from './inbox-runner';
import { EventHints } from './jobs/event-hints';
import { InboxRepository } from './persistence/inbox.repository';

/** Rows hinted at once; what is left comes with the next look. */
const BATCH = 500;
/** A hint that led to nothing (Redis flushed) is given again after this. */
const HOLD_MS = 2000;
const HINT_BUDGET_MS = 1000;

/**
 * Finds whatever is due and that nobody works on, and hints it again: rows whose hint was lost, whose retry is due,
 * whose worker died. Woken by NOTIFY, with a poll behind it. When, and only when, Redis does not take hints, the rows
 * are run here.
 */
@Injectable()
export class DispatcherService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DispatcherService.name);
  private readonly loop: NotifiedLoop;

  constructor(
    private readonly inbox: InboxRepository,
    private readonly subjects: SubjectsRepository,
    private readonly hints: EventHints,
    private readonly runner: InboxRunner,
    config: WebhooksConfig,
    database: DatabaseConfig,
  ) {
    this.loop = new NotifiedLoop({
      databaseUrl: database.url,
      channel: 'webhook_inbox',
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
    const ready = this.hints.isReady();
    const limit = ready ? BATCH : this.runner.capacity;
    if (limit === 0) return;
    const events = await this.inbox.takeDue(limit, HOLD_MS);
    const syncs = await this.subjects.takeDueSyncs(limit, HOLD_MS);
    const hinted =
      ready &&
      (await this.hints.hintEvents(events, HINT_BUDGET_MS)) &&
      (await this.hints.hintSyncs(syncs, HINT_BUDGET_MS));
    if (hinted) return;
    for (const { subjectId } of [...events, ...syncs]) this.runner.run(subjectId, () => this.wake());
  }
}

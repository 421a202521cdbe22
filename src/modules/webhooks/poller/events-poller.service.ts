import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ReconcileConfig } from 'src/config/background-config';
import { PollingLoop } from 'src/database/polling-loop';
import { EventsPoller } from './events-poller';

/** How often the worker looks whether business time makes a poll due. */
const LOOK_MS = 1000;
/** After a failed poll. */
const PAUSE_MS = 5000;
/** Reading a month of events takes minutes. */
const STUCK_AFTER_MS = 30 * 60_000;

/** Polls in every worker; the lease lets one do it. */
@Injectable()
export class EventsPollerService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(EventsPollerService.name);
  private readonly loop: PollingLoop;
  private pausedUntil = 0;

  constructor(
    private readonly poller: EventsPoller,
    private readonly config: ReconcileConfig,
  ) {
    this.loop = new PollingLoop({
      name: 'events-poller',
      intervalMs: LOOK_MS,
      stuckAfterMs: STUCK_AFTER_MS,
      look: () => this.look(),
      onFailure: (error) => this.pause(error),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async look(): Promise<void> {
    if (performance.now() < this.pausedUntil) return;
    if (await this.poller.isDue(this.config.pollIntervalMs)) await this.poller.poll();
  }

  private pause(error: unknown): void {
    this.pausedUntil = performance.now() + PAUSE_MS;
    this.logger.warn({ err: error }, 'could not read events from Stripe; trying again in 5 seconds');
  }
}

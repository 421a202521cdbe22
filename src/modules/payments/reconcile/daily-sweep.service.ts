import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { PollingLoop } from 'src/database/polling-loop';
import { SweepService } from './sweep.service';

const LOOK_MS = 10_000;
const PAUSE_MS = 10 * 60_000;
/** A sweep of a large account takes its time: 25 requests of 100 objects per second. */
const STUCK_AFTER_MS = 60 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** Sweeps once per day of business time, in one of the workers. */
@Injectable()
export class DailySweepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DailySweepService.name);
  private readonly loop: PollingLoop;
  private pausedUntil = 0;

  constructor(
    private readonly sweeps: SweepService,
    private readonly clock: Clock,
  ) {
    this.loop = new PollingLoop({
      name: 'daily-sweep',
      intervalMs: LOOK_MS,
      stuckAfterMs: STUCK_AFTER_MS,
      look: () => this.sweepIfDue(),
      onFailure: (error) => this.pause(error),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async sweepIfDue(): Promise<void> {
    if (performance.now() < this.pausedUntil) return;
    const last = await this.sweeps.findLastComplete();
    const age = last === undefined ? DAY_MS : this.clock.now().getTime() - last.getTime();
    if (age >= DAY_MS || age < 0) await this.sweeps.run({ dryRun: false });
  }

  private pause(error: unknown): void {
    this.pausedUntil = performance.now() + PAUSE_MS;
    this.logger.warn({ err: error }, 'the daily sweep failed; trying again in ten minutes');
  }
}

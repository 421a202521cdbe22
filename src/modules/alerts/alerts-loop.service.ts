import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PollingLoop } from 'src/database/polling-loop';
import { LeaseService } from 'src/engine/lease.service';
import { SystemFactsService } from 'src/modules/monitoring';
import { AlertsService } from './alerts.service';

const LOOK_MS = 10_000;
const LEASE_ID = 'alerts';

/** Evaluates every ten seconds in one process, web or worker: when the only worker is frozen, web says so. */
@Injectable()
export class AlertsLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AlertsLoop.name);
  private readonly loop: PollingLoop;

  constructor(
    private readonly leases: LeaseService,
    private readonly facts: SystemFactsService,
    private readonly alerts: AlertsService,
  ) {
    this.loop = new PollingLoop({
      name: 'alerts',
      intervalMs: LOOK_MS,
      look: () => this.look(),
      onFailure: (error) => this.logger.error({ err: error }, 'alerts could not be evaluated'),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async look(): Promise<void> {
    await this.leases.tryRun(LEASE_ID, async () => this.alerts.evaluate(await this.facts.read(), new Date()));
  }
}

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PollingLoop } from 'src/database/polling-loop';
import { HeartbeatsRepository } from './persistence/heartbeats.repository';

const BEAT_MS = 5000;

/** Says every five seconds that this worker runs. A frozen process, or one without the database, falls silent. */
@Injectable()
export class HeartbeatService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(HeartbeatService.name);
  private readonly processId = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  private readonly loop: PollingLoop;

  constructor(private readonly rows: HeartbeatsRepository) {
    this.loop = new PollingLoop({
      name: 'heartbeat',
      intervalMs: BEAT_MS,
      look: () => this.rows.beat(this.processId),
      onFailure: (error) => this.logger.warn({ err: error }, 'could not write the heartbeat'),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    // Without it, health checks would wait for the silence of a worker that has stopped in order.
    await this.rows.remove(this.processId).catch(() => undefined);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpConfig } from 'src/config/app-config';

/**
 * The first step of a shutdown by signal: readiness answers 503 and everything else is served as before, until load
 * balancers have noticed. Only then does the port close.
 */
@Injectable()
export class DrainingService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DrainingService.name);
  private draining = false;

  constructor(private readonly config: HttpConfig) {}

  get isDraining(): boolean {
    return this.draining;
  }

  async beforeApplicationShutdown(signal?: string): Promise<void> {
    this.draining = true;
    if (signal === undefined) return;
    this.logger.log({ signal, drain_ms: this.config.drainMs }, 'draining: readiness answers 503');
    await sleep(this.config.drainMs);
  }
}

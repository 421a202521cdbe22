import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { RedisProbe } from 'src/queue/redis-probe';
import { DrainingService } from './draining.service';

export interface Readiness {
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly checks: {
    readonly postgres: 'up' | 'down';
    readonly migrations: 'applied' | 'pending' | 'unknown';
    readonly redis: 'up' | 'down' | 'not_configured';
  };
}

/** Checks what this process needs to serve requests. It does not need Redis: the worker then reads the inbox. */
@Injectable()
export class ReadinessService {
  constructor(
    private readonly database: Database,
    private readonly redis: RedisProbe,
    private readonly draining: DrainingService,
  ) {}

  async check(): Promise<Readiness> {
    const [migrations, redis] = await Promise.all([this.checkMigrations(), this.redis.check()]);
    const postgres = migrations === 'unknown' ? 'down' : 'up';
    const serving = migrations === 'applied' && !this.draining.isDraining;
    const status = serving ? (redis === 'up' ? 'ok' : 'degraded') : 'unavailable';
    return { status, checks: { postgres, migrations, redis } };
  }

  private async checkMigrations(): Promise<Readiness['checks']['migrations']> {
    try {
      return (await this.database.hasPendingMigrations()) ? 'pending' : 'applied';
    } catch {
      return 'unknown';
    }
  }
}

import { Injectable, Logger, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';

const MAX_RECONNECT_DELAY_MS = 1000;

/** Connections that reconnect for ever, within a second of Redis' return, until the process shuts down. */
@Injectable()
export class RedisClients implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Redis');
  private stopping = false;

  /** Errors are logged, never thrown. */
  create(url: string, options: RedisOptions = {}): Redis {
    const client = new Redis(url, {
      ...options,
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      connectTimeout: 2000,
      retryStrategy: (attempt) => (this.stopping ? null : Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS)),
    });
    let reachable = true;
    client.on('error', (error: Error) => {
      // One line per outage, not one per attempt.
      if (reachable)
        this.logger.warn({ err: error }, 'redis cannot be reached; everything works on without it meanwhile');
      reachable = false;
    });
    client.on('ready', () => {
      if (!reachable) this.logger.log('redis is back');
      reachable = true;
    });
    return client;
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }
}

@Module({ providers: [RedisClients], exports: [RedisClients] })
export class RedisClientsModule {}

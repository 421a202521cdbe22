import { Injectable, Logger, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';

const MAX_RECONNECT_DELAY_MS = 1000;
/** A connection on which a command waits this long without any reply is dead: it is closed and opened again. */
const SILENCE_MS = 3000;

/** Connections that reconnect forever, within a second of Redis' return, until the process shuts down. */
@Injectable()
export class RedisClients implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Redis');
  private readonly unreachable = new Set<Redis>();
  private stopping = false;

  /** Errors are logged, never thrown. */
  create(url: string, options: RedisOptions = {}): Redis {
    const client = new Redis(url, {
      ...options,
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      connectTimeout: 2000,
      socketTimeout: SILENCE_MS,
      keepAlive: 10_000,
      retryStrategy: (attempt) => (this.stopping ? null : Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS)),
      // After a failover the old primary answers so on connections that stay open.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    });
    // Bull refuses connections with this option when it creates them, because older clients checked in subscriber mode.
    // Without the check, a Redis that asks for a password or still loads its file counts as ready.
    setImmediate(() => (client.options.enableReadyCheck = true));
    client.on('error', (error: Error) => this.noteUnreachable(client, error));
    client.on('ready', () => this.noteReachable(client));
    client.on('end', () => this.unreachable.delete(client));
    return client;
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** One line per outage, not one per connection and attempt. */
  private noteUnreachable(client: Redis, error: Error): void {
    if (this.unreachable.size === 0)
      this.logger.warn(
        { err: error },
        'redis is unavailable; requests and events continue from PostgreSQL meanwhile',
      );
    this.unreachable.add(client);
  }

  private noteReachable(client: Redis): void {
    if (this.unreachable.delete(client) && this.unreachable.size === 0)
      this.logger.log('redis is available again');
  }
}

@Module({ providers: [RedisClients], exports: [RedisClients] })
export class RedisClientsModule {}

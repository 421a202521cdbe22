import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConfig } from 'src/config/app-config';
import { RedisClients } from './redis-clients';

const PING_TIMEOUT_MS = 500;

/** Asks Redis for a sign of life, on a connection of its own. */
@Injectable()
export class RedisProbe implements OnApplicationShutdown {
  private readonly client: Redis | undefined;

  constructor({ url }: RedisConfig, clients: RedisClients) {
    this.client = url === undefined ? undefined : clients.create(url);
  }

  /** Never throws and answers within half a second. */
  async check(): Promise<'up' | 'down' | 'not_configured'> {
    if (this.client === undefined) return 'not_configured';
    if (this.client.status !== 'ready') return 'down';
    const ping = this.client.ping().then(
      () => 'up' as const,
      () => 'down' as const,
    );
    return Promise.race([ping, sleep(PING_TIMEOUT_MS, 'down' as const, { ref: false })]);
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }
}

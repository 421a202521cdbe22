import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { within } from 'src/common/deadline';
import { RedisConfig } from 'src/config/app-config';
import { RedisClients } from './redis-clients';

const PROBE_TIMEOUT_MS = 500;
const PROBE_LIFE_SECONDS = 60;

/** Asks whether Redis accepts writes, on a connection of its own: a full or read-only Redis answers every ping. */
@Injectable()
export class RedisProbe implements OnApplicationShutdown {
  private readonly client: Redis | undefined;
  private readonly key: string;

  constructor({ url, prefix }: RedisConfig, clients: RedisClients) {
    this.client = url === undefined ? undefined : clients.create(url);
    this.key = `${prefix}:probe`;
  }

  /** Never throws and answers within half a second. */
  async check(): Promise<'up' | 'down' | 'not_configured'> {
    if (this.client === undefined) return 'not_configured';
    if (this.client.status !== 'ready') return 'down';
    const written = this.client.set(this.key, '1', 'EX', PROBE_LIFE_SECONDS).then(
      () => 'up' as const,
      () => 'down' as const,
    );
    return within(written, PROBE_TIMEOUT_MS, 'down' as const);
  }

  /** Undefined without Redis, and when the server does not show its settings or does not answer in time. */
  async findEvictionPolicy(): Promise<string | undefined> {
    if (this.client?.status !== 'ready') return undefined;
    const policy = this.client.config('GET', 'maxmemory-policy').then(
      (answer) => (answer as string[])[1],
      () => undefined,
    );
    return within(policy, PROBE_TIMEOUT_MS, undefined);
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }
}

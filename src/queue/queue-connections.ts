import { Injectable } from '@nestjs/common';
import type { ChainableCommander, Redis, RedisOptions } from 'ioredis';
import { RedisClients } from './redis-clients';

interface LuaScript {
  readonly lua: string;
  readonly numberOfKeys: number;
}
type Reply = [error: Error | null, result: unknown];

/** The connections of this process' queues. */
@Injectable()
export class QueueConnections {
  private readonly clients: Redis[] = [];

  constructor(private readonly redis: RedisClients) {}

  create(url: string, options?: RedisOptions): Redis {
    const client = withReliableTransactions(this.redis.create(url, options));
    this.clients.push(client);
    return client;
  }

  /** At once, whether Redis answers or not. Bull closes only connections that it made itself. */
  disconnect(): void {
    for (const client of this.clients) client.disconnect();
  }
}

/**
 * Bull runs scripts inside MULTI by their hash and ignores the replies, so a Redis that lost its scripts (restart,
 * SCRIPT FLUSH) or refuses writes answers an error that nobody reads. Here a transaction carries its scripts in full,
 * and rejects when any of its replies is an error. Outside MULTI, ioredis sends a lost script again by itself.
 */
export function withReliableTransactions(client: Redis): Redis {
  const begin = client.multi.bind(client) as () => ChainableCommander;
  const multi = (): ChainableCommander => {
    const transaction = begin();
    const exec = transaction.exec.bind(transaction) as () => Promise<Reply[] | null>;
    const scripts = Object.entries(client.scriptsSet as Record<string, LuaScript>).map(([name, script]) => [
      name,
      (args: (string | number)[]) => transaction.eval(script.lua, script.numberOfKeys, ...args),
    ]);
    return Object.assign(transaction, Object.fromEntries(scripts), {
      exec: async () => {
        const replies = await exec();
        const failed = replies?.find(([error]) => error !== null);
        if (failed?.[0]) throw failed[0];
        return replies;
      },
    });
  };
  return Object.assign(client, { multi });
}

import { Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';

const logger = new Logger('Redis');
const MAX_RECONNECT_DELAY_MS = 1000;

/** A connection that reconnects for ever and within a second of Redis' return; its errors are logged, never thrown. */
export function createBullClient(url: string, options: RedisOptions | undefined): Redis {
  const client = new Redis(url, {
    ...options,
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    connectTimeout: 2000,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS),
  });
  let reachable = true;
  client.on('error', (error: Error) => {
    // One line per outage, not one per attempt.
    if (reachable)
      logger.warn({ err: error }, 'redis cannot be reached; events run from the inbox meanwhile');
    reachable = false;
  });
  client.on('ready', () => {
    if (!reachable) logger.log('redis is back');
    reachable = true;
  });
  return client;
}

import { Redis } from 'ioredis';
import type { RedisConfig } from 'src/config/app-config';
import { Findings, type Finding } from 'src/common/domain/finding';

const CONNECT_MS = 2000;
const FULL = 0.9;

export interface RedisFacts {
  /** Undefined when the server does not allow CONFIG, as some managed ones do. */
  readonly policy: string | undefined;
  readonly appendOnly: string | undefined;
  readonly usedBytes: number;
  /** 0 means no limit. */
  readonly maxBytes: number;
  readonly role: string;
}

export async function checkRedis({ url }: RedisConfig): Promise<Finding[]> {
  const found = new Findings('Redis');
  if (url === undefined) {
    found.warning('not configured: payments open a little later', 'set REDIS_URL; production requires it');
    return found.done('');
  }
  const facts = await readRedisFacts(url).catch((error: Error) => error);
  if (!(facts instanceof Error)) return judgeRedis(facts);
  found.error(
    `does not answer: ${facts.message}`,
    'start the server, and check host, port and password in REDIS_URL',
  );
  return found.done('');
}

export function judgeRedis(facts: RedisFacts): Finding[] {
  const found = new Findings('Redis');
  if (facts.policy === undefined)
    found.warning('does not show its settings', 'check in its console that maxmemory-policy is noeviction');
  else if (facts.policy !== 'noeviction')
    found.error(
      `evicts keys (maxmemory-policy ${facts.policy}): jobs get lost`,
      'set maxmemory-policy noeviction',
    );
  if (facts.appendOnly === 'no')
    found.warning('keeps no append-only file: a restart loses waiting jobs', 'set appendonly yes');
  if (facts.maxBytes > 0 && facts.usedBytes > facts.maxBytes * FULL)
    found.warning(
      'uses more than 90 % of its memory',
      'raise maxmemory, or remove other data from this server',
    );
  if (facts.role !== 'master') found.error('is a read-only replica', 'point REDIS_URL at the primary server');
  return found.done('answers, and evicts nothing');
}

async function readRedisFacts(url: string): Promise<RedisFacts> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const info = await client.info();
    return {
      policy: await readSetting(client, 'maxmemory-policy'),
      appendOnly: await readSetting(client, 'appendonly'),
      usedBytes: Number(valueOf(info, 'used_memory')),
      maxBytes: Number(valueOf(info, 'maxmemory') ?? 0),
      role: valueOf(info, 'role') ?? 'master',
    };
  } finally {
    client.disconnect();
  }
}

async function readSetting(client: Redis, name: string): Promise<string | undefined> {
  const answer = await client.config('GET', name).catch(() => []);
  return (answer as string[])[1];
}

const valueOf = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();

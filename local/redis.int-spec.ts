import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Bull from 'bull';
import { Redis } from 'ioredis';
import { describeWithRedis } from '../test/support/redis';
import { isAlive } from './processes';
import { findRedis, startRedis } from './redis';
import type { Service } from './service';

describe('findRedis', () => {
  it('finds nothing on an empty PATH and an empty data folder', () => {
    expect(findRedis({ PATH: '', DATA_DIR: join(tmpdir(), 'no-such-folder') })).toBeUndefined();
  });
});

describeWithRedis('startRedis', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'course-companion-spec-'));
  });

  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  async function start(): Promise<Service> {
    const redis = await startRedis({ dataDir });
    if (redis === undefined) throw new Error('no redis-server');
    return redis;
  }

  it('is configured for Bull and listens on 127.0.0.1 only', async () => {
    const redis = await start();
    const client = new Redis(redis.url);

    const settings = await Promise.all(
      ['appendonly', 'appendfsync', 'maxmemory-policy', 'bind'].map((name) => client.config('GET', name)),
    );
    client.disconnect();
    await redis.stop();

    expect(settings).toEqual([
      ['appendonly', 'yes'],
      ['appendfsync', 'everysec'],
      ['maxmemory-policy', 'noeviction'],
      ['bind', '127.0.0.1'],
    ]);
    expect(isAlive(redis.pid)).toBe(false);
  });

  it('keeps waiting jobs across a restart', async () => {
    const first = await start();
    const before = new Bull('jobs', first.url);
    await before.add({ answer: 42 });
    await before.close();
    await first.stop();
    const second = await start();
    const after = new Bull<{ answer: number }>('jobs', second.url);

    const answer = await new Promise((resolve) => {
      void after.process((job) => Promise.resolve(resolve(job.data.answer)));
    });
    await after.close();
    await second.stop();

    expect(answer).toBe(42);
  });

  it('stops a server left by a killed start on the same folder', async () => {
    const first = await start();

    const second = await start();
    await second.stop();

    expect(isAlive(first.pid)).toBe(false);
  });
});

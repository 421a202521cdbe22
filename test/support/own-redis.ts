import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REDIS_HINT, startRedis } from '../../local/redis';
import type { Service } from '../../local/service';

/** A Redis for one test that flushes or kills it (about 30 ms). `stop` removes its data. */
export async function ownRedis({ port }: { port?: number } = {}): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'course-companion-redis-'));
  const redis = await startRedis({ dataDir, temporary: true, ...(port === undefined ? {} : { port }) });
  if (redis === undefined) throw new Error(`no redis-server: ${REDIS_HINT}`);
  return redis;
}

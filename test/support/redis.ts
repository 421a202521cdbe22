import { randomBytes } from 'node:crypto';
import { REDIS_HINT } from '../../local/redis';
import { TEST_ENV } from './test-env';

/**
 * `describe` for tests on a real Redis. Without one they are skipped and the report says why; with REQUIRE_REDIS=1
 * a missing Redis has already failed the run.
 */
export function describeWithRedis(name: string, tests: () => void): void {
  if (process.env[TEST_ENV.redisUrl] === undefined)
    describe.skip(`${name} (skipped: no redis-server)`, tests);
  else describe(name, tests);
}

export interface SharedRedis {
  readonly url: string;
  /** Keys of this caller only: several test files share the server. */
  readonly prefix: string;
}

/** The run's Redis, with a key prefix of one's own. Never flush or stop it: that is what `ownRedis` is for. */
export function sharedRedis(): SharedRedis {
  const url = process.env[TEST_ENV.redisUrl];
  if (url === undefined) throw new Error(`no test Redis: ${REDIS_HINT}`);
  return { url, prefix: `{test-${randomBytes(6).toString('hex')}}` };
}

import '../../../test/support/quiet';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { RedisClients } from 'src/queue/redis-clients';
import type { Service } from '../../../local/service';
import { ownRedis } from '../../../test/support/own-redis';
import { describeWithRedis, sharedRedis } from '../../../test/support/redis';
import { eventually } from '../../../test/support/wait';
import { ApiRateLimiter } from './api-rate-limiter';

const LIMITS = {
  apiRequestsPerMinute: 3,
  paymentWritesPerMinute: 1,
  signInFreeFailures: 5,
  signInFreeFailuresPerAddress: 50,
  signInAlarmFailures: 100,
  registrationsPerAddress: 50,
};

describe('ApiRateLimiter', () => {
  const started: { limiter: ApiRateLimiter; clients: RedisClients }[] = [];

  // Each process of a deployment has one.
  function startLimiter(redis: { url?: string; prefix?: string } = {}, quota = 3): ApiRateLimiter {
    const clients = new RedisClients();
    const config = { url: redis.url, prefix: redis.prefix ?? '{test}' };
    const limiter = new ApiRateLimiter({ ...LIMITS, apiRequestsPerMinute: quota }, config, clients);
    started.push({ limiter, clients });
    return limiter;
  }

  const clientOf = (limiter: ApiRateLimiter) => (limiter as unknown as { client: Redis }).client;
  const connected = (limiter: ApiRateLimiter) =>
    eventually(() => expect(clientOf(limiter).status).toBe('ready'));

  async function remainingAfter(requests: number, limiter: ApiRateLimiter, user: string): Promise<number[]> {
    const left: number[] = [];
    for (let n = 0; n < requests; n += 1) left.push((await limiter.count('api', user)).remaining);
    return left;
  }

  afterEach(() => {
    for (const { limiter, clients } of started.splice(0)) {
      clients.beforeApplicationShutdown();
      limiter.onApplicationShutdown();
    }
  });

  it('counts without a Redis, each user for themselves', async () => {
    const limiter = startLimiter();

    expect(await remainingAfter(3, limiter, 'ada')).toEqual([2, 1, 0]);
    expect(await limiter.count('api', 'ada')).toEqual({
      bucket: 'api',
      quota: 3,
      windowSeconds: 60,
      remaining: 0,
      resetSeconds: expect.any(Number),
      isExceeded: true,
    });
    expect((await limiter.count('api', 'grace')).isExceeded).toBe(false);
    expect((await limiter.count('payment_writes', 'ada')).isExceeded).toBe(false);
  });

  it('lets exactly the quota pass when all requests come at once', async () => {
    const limiter = startLimiter();

    const uses = await Promise.all(Array.from({ length: 30 }, () => limiter.count('api', 'ada')));

    expect(uses.filter(({ isExceeded }) => !isExceeded)).toHaveLength(3);
  });

  /** How many of the user's requests pass, sent one by one or in parallel batches over all processes. */
  async function passing(limiters: readonly ApiRateLimiter[], batches: readonly number[]): Promise<number> {
    const user = randomUUID();
    let passed = 0;
    for (const [index, size] of batches.entries()) {
      const uses = await Promise.all(
        Array.from({ length: size }, async (_, n) =>
          limiters[(index + n) % limiters.length]?.count('api', user),
        ),
      );
      passed += uses.filter((use) => use?.isExceeded === false).length;
    }
    return passed;
  }

  const BATCHES = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 24 })), {
    minLength: 1,
    maxLength: 30,
  });

  it('never lets more than the quota pass without Redis, in any sequence', async () => {
    const limiter = startLimiter({}, 10);
    await fc.assert(
      fc.asyncProperty(BATCHES, async (batches) => {
        expect(await passing([limiter], batches)).toBeLessThanOrEqual(10);
      }),
      { numRuns: 100 },
    );
  });

  describeWithRedis('with Redis', () => {
    it.each([[10], [60]])(
      'lets a quota of %i pass, with a sixth more per further process, in any sequence',
      async (quota) => {
        const shared = sharedRedis();
        const limiters = [
          startLimiter(shared, quota),
          startLimiter(shared, quota),
          startLimiter(shared, quota),
        ];
        await Promise.all(limiters.map(connected));
        const slack = Math.floor(quota / 6);
        await fc.assert(
          fc.asyncProperty(BATCHES, fc.integer({ min: 1, max: 3 }), async (batches, processes) => {
            // A busy machine may make Redis look slow for a second; the quota then holds per process.
            await eventually(async () => {
              const passed = await passing(limiters.slice(0, processes), batches);
              expect(passed).toBeLessThanOrEqual(quota + (processes - 1) * slack);
            });
          }),
          { numRuns: 40 },
        );
      },
    );

    it('refuses every request after the quota, one by one and in parallel', async () => {
      const shared = sharedRedis();
      const limiter = startLimiter(shared, 10);
      await connected(limiter);

      expect(
        await passing(
          [limiter],
          Array.from({ length: 30 }, () => 1),
        ),
      ).toBe(10);
      expect(await passing([limiter], [24])).toBe(10);
    });

    it('lets at most the quota of each process pass while Redis is slow or comes and goes', async () => {
      const own = await ownRedis();
      const limiters = [startLimiter({ url: own.url }, 10), startLimiter({ url: own.url }, 10)];
      try {
        await Promise.all(limiters.map(connected));
        for (const signal of ['SIGSTOP', 'SIGCONT', 'SIGSTOP', 'SIGCONT'] as const) {
          process.kill(own.pid, signal);
          expect(await passing(limiters.slice(0, 1), [24])).toBe(10);
          expect(await passing(limiters, [1, 24, 1, 24, 1])).toBeLessThanOrEqual(20);
        }
      } finally {
        process.kill(own.pid, 'SIGCONT');
        await own.stop();
      }
    });

    let redis: Service | undefined;
    afterEach(async () => {
      await redis?.stop();
      redis = undefined;
    });

    it('keeps the quota when Redis forgets what was counted', async () => {
      redis = await ownRedis();
      const limiter = startLimiter({ url: redis.url });
      await connected(limiter);
      expect((await remainingAfter(3, limiter, 'ada')).at(-1)).toBe(0);

      await clientOf(limiter).flushall();

      expect((await limiter.count('api', 'ada')).isExceeded).toBe(true);
    });

    it('counts one user over all processes', async () => {
      const shared = sharedRedis();
      const [one, other, foreign] = [startLimiter(shared), startLimiter(shared), startLimiter(sharedRedis())];
      await Promise.all([one, other, foreign].map(connected));

      // A busy machine may take longer for one request than the limiter waits; then both count on their own for a second.
      await eventually(async () => {
        const user = randomUUID();
        expect(await remainingAfter(2, one, user)).toEqual([2, 1]);
        expect(await remainingAfter(1, other, user)).toEqual([0]);
        expect((await other.count('api', user)).isExceeded).toBe(true);
        // Under another prefix it is another installation.
        expect((await foreign.count('api', user)).remaining).toBe(2);
      });
    });

    it('asks Redis about a user only when they are busy here, and then tells all that was counted', async () => {
      const shared = sharedRedis();
      const [one, other] = [startLimiter(shared, 60), startLimiter(shared, 60)];
      await Promise.all([one, other].map(connected));

      await eventually(async () => {
        const user = randomUUID();
        const stored = () => clientOf(one).get(`${shared.prefix}:rate:api:${user}`);
        expect((await remainingAfter(9, one, user)).at(-1)).toBe(51);
        expect(await stored()).toBeNull();
        expect(await remainingAfter(2, one, user)).toEqual([50, 49]);
        expect(await stored()).toBe('11');
        expect((await remainingAfter(10, other, user)).at(-1)).toBe(39);
      });
    });

    it('leaves nothing in Redis for longer than the window', async () => {
      const shared = sharedRedis();
      const limiter = startLimiter(shared);
      await connected(limiter);

      await eventually(async () => {
        await limiter.count('api', 'ada');
        const seconds = await clientOf(limiter).ttl(`${shared.prefix}:rate:api:ada`);
        expect([seconds > 0, seconds <= 60]).toEqual([true, true]);
      });
    });

    it('counts on its own while Redis is unavailable, and with the others again when it is back', async () => {
      redis = await ownRedis();
      const { port } = redis;
      const limiter = startLimiter({ url: redis.url });
      await connected(limiter);
      await redis.stop();
      await eventually(() => expect(clientOf(limiter).status).not.toBe('ready'));

      expect(await remainingAfter(4, limiter, 'ada')).toEqual([2, 1, 0, 0]);

      redis = await ownRedis({ port });
      await connected(limiter);
      await eventually(async () => {
        await limiter.count('api', randomUUID());
        expect(await clientOf(limiter).keys('*:rate:*')).not.toEqual([]);
      });
    });

    it('does not wait for a Redis that hangs, but for one request now and then', async () => {
      redis = await ownRedis();
      const limiter = startLimiter({ url: redis.url });
      await connected(limiter);
      const requests = 300;
      process.kill(redis.pid, 'SIGSTOP');

      const at = performance.now();
      let refused = 0;
      for (let n = 0; n < requests; n += 1) {
        if ((await limiter.count('api', `user-${n}`)).isExceeded) refused += 1;
      }
      const perRequest = (performance.now() - at) / requests;
      process.kill(redis.pid, 'SIGCONT');

      expect(refused).toBe(0);
      // If each of them had waited, each would have taken the 20 ms after which a request to Redis is given up.
      expect(perRequest).toBeLessThan(10);
    });

    it('starts, and counts, when Redis was never there', async () => {
      redis = await ownRedis();
      const { url } = redis;
      await redis.stop();
      const limiter = startLimiter({ url });

      expect(await remainingAfter(3, limiter, 'ada')).toEqual([2, 1, 0]);
    });
  });
});

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { RateBucket } from 'src/common/http/decorators/rate-bucket.decorator';
import { LimitsConfig, RedisConfig } from 'src/config/app-config';
import { RedisClients } from 'src/queue/redis-clients';
import type { QuotaUse } from './domain/rate-limit-headers';
import { ReportedCounts } from './domain/reported-counts';

const WINDOW_SECONDS = 60;

/** A Redis that is slower is not waited for, */
const PATIENCE_MS = 20;
/** and not asked again for this long. */
const PAUSE_MS = 1000;

/** A process asks Redis about a user only when it has served them this share of the quota within the window itself. */
const QUIET_SHARE = 1 / 6;

type Bucket = 'api' | RateBucket;

interface Count {
  readonly consumed: number;
  readonly msBeforeNext: number;
}

interface Limiter {
  readonly quota: number;
  /** Counts what this process serves. */
  readonly own: RateLimiterMemory;
  /** Counts for all processes; undefined without a Redis. */
  readonly shared: RateLimiterAbstract | undefined;
  /** From this request on the process reports to the others. */
  readonly busyFrom: number;
  readonly reported: ReportedCounts;
}

/**
 * Requests per user and minute, counted in Redis for all processes, and in each process for users who are quiet there:
 * most requests then cost no round trip. The larger of both counts decides, so a user can exceed the quota by no more
 * than a sixth of it per further process. Without Redis, and while it is unavailable or slow, each process counts for
 * itself and reports later: the quota then holds per process, and a failure to count never refuses a request.
 */
@Injectable()
export class ApiRateLimiter implements OnApplicationShutdown {
  private readonly client: Redis | undefined;
  private readonly limiters: Readonly<Record<Bucket, Limiter>>;
  private readonly breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof RateLimiterRes)),
    { halfOpenAfter: PAUSE_MS, breaker: new ConsecutiveBreaker(1) },
  );

  constructor(
    limits: LimitsConfig,
    private readonly redis: RedisConfig,
    clients: RedisClients,
  ) {
    this.client =
      redis.url === undefined
        ? undefined
        : clients.create(redis.url, {
            commandTimeout: PATIENCE_MS,
            enableOfflineQueue: false,
            autoResendUnfulfilledCommands: false,
          });
    this.limiters = {
      api: this.createLimiter('api', limits.apiRequestsPerMinute),
      payment_writes: this.createLimiter('payment_writes', limits.paymentWritesPerMinute),
    };
  }

  /** Counts one request of the user. Never throws. */
  async count(bucket: Bucket, userId: string): Promise<QuotaUse> {
    const limiter = this.limiters[bucket];
    const { quota } = limiter;
    const { consumed, msBeforeNext } = await this.consume(limiter, userId);
    return {
      bucket,
      quota,
      windowSeconds: WINDOW_SECONDS,
      remaining: Math.max(0, quota - consumed),
      resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
      isExceeded: consumed > quota,
    };
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }

  private async consume(limiter: Limiter, userId: string): Promise<Count> {
    const { own, shared, busyFrom, quota } = limiter;
    const here = await consumeOne(own, userId);
    if (shared === undefined || here.consumed < busyFrom || here.consumed > quota) return here;
    const everywhere = await this.report(limiter, userId, here.consumed);
    if (everywhere === undefined || everywhere.consumed <= here.consumed) return here;
    // The other processes have used the quota up: this one refuses too, without asking again, until the window ends.
    if (everywhere.consumed > quota) await own.block(userId, Math.ceil(everywhere.msBeforeNext / 1000));
    return everywhere;
  }

  /** Adds what the others do not know yet; undefined when Redis cannot answer, and the next report includes it. */
  private async report(limiter: Limiter, userId: string, consumedHere: number): Promise<Count | undefined> {
    const { shared, reported } = limiter;
    if (shared === undefined) return undefined;
    const points = reported.take(userId, consumedHere);
    try {
      return await this.breaker.execute(() => consumePoints(shared, userId, points));
    } catch {
      reported.putBack(userId, points);
      return undefined;
    }
  }

  private createLimiter(bucket: Bucket, quota: number): Limiter {
    const options = {
      points: quota,
      duration: WINDOW_SECONDS,
      keyPrefix: `${this.redis.prefix}:rate:${bucket}`,
    };
    return {
      quota,
      busyFrom: Math.max(1, Math.floor(quota * QUIET_SHARE)),
      own: new RateLimiterMemory(options),
      reported: new ReportedCounts(WINDOW_SECONDS * 1000),
      shared:
        this.client &&
        new RateLimiterRedis({ ...options, storeClient: this.client, rejectIfRedisNotReady: true }),
    };
  }
}

const consumeOne = (limiter: RateLimiterAbstract, key: string): Promise<Count> =>
  consumePoints(limiter, key, 1);

/** The library throws its answer when the quota is used up. A blocked key carries no count, so a refusal says it. */
async function consumePoints(limiter: RateLimiterAbstract, key: string, points: number): Promise<Count> {
  try {
    const { consumedPoints, msBeforeNext } = await limiter.consume(key, points);
    return { consumed: consumedPoints, msBeforeNext };
  } catch (answer) {
    if (!(answer instanceof RateLimiterRes)) throw answer;
    const { consumedPoints, msBeforeNext } = answer;
    return { consumed: Math.max(consumedPoints, limiter.points + 1), msBeforeNext };
  }
}

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

const WINDOW_SECONDS = 60;

/** A Redis that is slower is not waited for, */
const PATIENCE_MS = 20;
/** and not asked again for this long. */
const PAUSE_MS = 1000;

/** A process asks Redis about a user only when it has served them this share of the quota within the window itself. */
const QUIET_SHARE = 1 / 6;

type Bucket = 'api' | RateBucket;

interface Limiter {
  readonly quota: number;
  /** Counts what this process serves. */
  readonly own: RateLimiterAbstract;
  /** Counts for all processes; undefined without a Redis. */
  readonly shared: RateLimiterAbstract | undefined;
  /** With this request the process begins to tell the others. */
  readonly busyFrom: number;
}

/**
 * Requests per user and minute, counted in Redis for all processes, and in each process for users who are quiet there:
 * most requests then cost no round trip, and a user can exceed the quota by no more than a sixth of it per further
 * process. Without Redis, and while it is unavailable or slow, each process counts for itself: a request is never refused, and
 * hardly delayed, because the counting failed.
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
    const { remainingPoints, consumedPoints, msBeforeNext } = await this.consume(limiter, userId);
    return {
      bucket,
      quota: limiter.quota,
      windowSeconds: WINDOW_SECONDS,
      remaining: remainingPoints,
      resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
      isExceeded: consumedPoints > limiter.quota,
    };
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }

  private async consume({ own, shared, busyFrom }: Limiter, userId: string): Promise<RateLimiterRes> {
    const here = await consumeOrAnswer(own, userId, 1);
    if (shared === undefined || here.consumedPoints < busyFrom) return here;
    // The first time all that was counted here is told at once.
    const points = here.consumedPoints === busyFrom ? busyFrom : 1;
    return this.breaker.execute(() => consumeOrAnswer(shared, userId, points)).catch(() => here);
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
      shared:
        this.client &&
        new RateLimiterRedis({
          ...options,
          storeClient: this.client,
          rejectIfRedisNotReady: true,
          // Anyone who is over the limit is refused without asking Redis again.
          inMemoryBlockOnConsumed: quota + 1,
        }),
    };
  }
}

/** The library throws its answer when the quota is used up. */
async function consumeOrAnswer(
  limiter: RateLimiterAbstract,
  key: string,
  points: number,
): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key, points);
  } catch (answer) {
    if (answer instanceof RateLimiterRes) return answer;
    throw answer;
  }
}

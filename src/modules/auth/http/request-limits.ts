import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { RATE_BUCKET, type RateBucket } from 'src/common/http/decorators/rate-bucket.decorator';
import { recordSecurityEvent } from 'src/common/security-log';
import { ApiRateLimiter } from 'src/modules/auth/api-rate-limiter';
import { rateLimitHeaders } from 'src/modules/auth/domain/rate-limit-headers';
import { RateLimitedError } from 'src/modules/auth/limits.errors';

/** Counts requests of one user, with an access token or a session cookie. */
@Injectable()
export class RequestLimits {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: ApiRateLimiter,
  ) {}

  /** Counts against `api` and the stricter bucket of the route, and sets the headers. Throws `rate_limited`. */
  async count(context: ExecutionContext, userId: string): Promise<void> {
    const stricter = this.reflector.getAllAndOverride<RateBucket | undefined>(RATE_BUCKET, [
      context.getHandler(),
      context.getClass(),
    ]);
    const buckets = stricter === undefined ? (['api'] as const) : (['api', stricter] as const);
    const uses = await Promise.all(buckets.map((bucket) => this.limiter.count(bucket, userId)));
    void context.switchToHttp().getResponse<FastifyReply>().headers(rateLimitHeaders(uses));
    const exceeded = uses.filter(({ isExceeded }) => isExceeded);
    if (exceeded.length === 0) return;
    recordSecurityEvent('requests_limited', { user_id: userId, reason: stricter ?? 'api' });
    throw new RateLimitedError(Math.max(...exceeded.map(({ resetSeconds }) => resetSeconds)));
  }
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { Principal } from 'src/common/domain/principal';
import { RATE_BUCKET, type RateBucket } from 'src/common/http/decorators/rate-bucket.decorator';
import { ApiRateLimiter } from 'src/modules/auth/api-rate-limiter';
import { rateLimitHeaders } from 'src/modules/auth/domain/rate-limit-headers';
import { RateLimitedError } from 'src/modules/auth/limits.errors';

/**
 * Limits signed-in requests by user, never by address: all of ChatGPT's come from the same few. Stands right behind the
 * guard that knows the user, so that what later guards and handlers refuse is counted, and carries the headers, too.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: ApiRateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const { user } = http.getRequest<{ user?: Principal }>();
    if (user === undefined) return true;
    const stricter = this.reflector.getAllAndOverride<RateBucket | undefined>(RATE_BUCKET, [
      context.getHandler(),
      context.getClass(),
    ]);
    const buckets = stricter === undefined ? (['api'] as const) : (['api', stricter] as const);
    const uses = await Promise.all(buckets.map((bucket) => this.limiter.count(bucket, user.userId)));
    void http.getResponse<FastifyReply>().headers(rateLimitHeaders(uses));
    const exceeded = uses.filter(({ isExceeded }) => isExceeded);
    if (exceeded.length === 0) return true;
    throw new RateLimitedError(Math.max(...exceeded.map(({ resetSeconds }) => resetSeconds)));
  }
}

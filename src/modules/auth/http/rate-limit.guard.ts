import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Principal } from 'src/common/domain/principal';
import { RequestLimits } from './request-limits';

/**
 * Limits signed-in requests by user, never by address: all of ChatGPT's come from the same few. Runs right after the
 * guard that knows the user, so that what later guards and handlers refuse is counted, and carries the headers, too.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly limits: RequestLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user } = context.switchToHttp().getRequest<{ user?: Principal }>();
    if (user !== undefined) await this.limits.count(context, user.userId);
    return true;
  }
}

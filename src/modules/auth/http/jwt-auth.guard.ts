import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { UnauthenticatedError } from 'src/common/errors/app-error';
import type { Principal } from 'src/common/domain/principal';
import { IS_PUBLIC } from 'src/common/http/decorators/public.decorator';
import { SESSION_READS } from 'src/common/http/decorators/reads-with-session.decorator';
import { CallersService } from 'src/modules/auth/callers.service';
import { VerifiedTokens } from 'src/modules/auth/verified-tokens';
import { extractToken, type RequestWithReads } from './jwt.strategy';

/** Default deny: every route needs an access token unless it is marked `@Public()`, which ignores tokens, good or bad. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: CallersService,
    private readonly tokens: VerifiedTokens,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic === true) return true;
    const request = context.switchToHttp().getRequest<RequestWithReads & { user?: Principal }>();
    const reads = this.reflector.get<RequestWithReads['sessionReads']>(SESSION_READS, context.getHandler());
    if (reads !== undefined) request.sessionReads = reads;
    const claims = this.tokens.find(extractToken(request) ?? '');
    if (claims === undefined) return (await super.canActivate(context)) as boolean;
    request.user = this.handleRequest<Principal>(null, await this.callers.find(claims, reads), undefined);
    return true;
  }

  /** An error is an outage and leaves as 503; anything that is merely no valid token is 401. */
  override handleRequest<TUser>(
    error: unknown,
    user: TUser | false | null | undefined,
    info: unknown,
  ): TUser {
    if (error) throw error;
    if (user) return user;
    throw new UnauthenticatedError(explain(info));
  }
}

function explain(info: unknown): string {
  if (info instanceof Error && info.name === 'TokenExpiredError') {
    return 'The access token has expired. Refresh it or sign in again.';
  }
  if (info instanceof Error && info.message === 'No auth token') {
    return 'This operation needs an access token: Authorization: Bearer <access_token>.';
  }
  return 'The access token is invalid, or its session was revoked. Sign in again.';
}

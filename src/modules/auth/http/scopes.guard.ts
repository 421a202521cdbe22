import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Principal } from 'src/common/domain/principal';
import type { Scope } from 'src/common/domain/scopes';
import { REQUIRED_SCOPE } from 'src/common/http/decorators/require-scope.decorator';
import { recordSecurityEvent } from 'src/common/security-log';
import { InsufficientScopeError } from 'src/modules/auth/auth.errors';

/**
 * Default deny for connected applications: an access token that carries scopes opens only routes that name one of them
 * with `@RequireScope(...)`. A user's own sign-in carries none and passes.
 */
@Injectable()
export class ScopesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { user } = context.switchToHttp().getRequest<{ user?: Principal }>();
    if (user?.scopes === undefined) return true;
    const required = this.reflector.getAllAndOverride<Scope | undefined>(REQUIRED_SCOPE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (required !== undefined && user.scopes.includes(required)) return true;
    recordSecurityEvent('call_refused', { user_id: user.userId, reason: 'scope' });
    throw new InsufficientScopeError(required);
  }
}

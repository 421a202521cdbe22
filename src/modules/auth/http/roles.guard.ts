import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Principal, Role } from 'src/common/domain/principal';
import { ForbiddenError, UnauthenticatedError } from 'src/common/errors/app-error';
import { REQUIRED_ROLE } from 'src/common/http/decorators/require-role.decorator';
import { recordSecurityEvent } from 'src/common/security-log';

/** Enforces `@RequireRole(...)` with the role the user has now. A public route with a role still needs a caller. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const required = this.reflector.getAllAndOverride<Role | undefined>(REQUIRED_ROLE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (required === undefined) return true;
    const { user } = context.switchToHttp().getRequest<{ user?: Principal }>();
    if (user === undefined) throw new UnauthenticatedError('This operation needs an access token.');
    if (user.role === required) return true;
    recordSecurityEvent('call_refused', { user_id: user.userId, reason: 'role' });
    throw new ForbiddenError(`This operation requires the role ${required}.`);
  }
}

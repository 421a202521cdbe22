import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from 'src/common/domain/principal';
import { ForbiddenError } from 'src/common/errors/app-error';
import { recordSecurityEvent } from 'src/common/security-log';
import { BrowserUsersService } from 'src/modules/auth';

/** Admits only operators, by the role that the account has now. Throws `sign_in_required`, `forbidden`. */
@Injectable()
export class OperatorPageGuard implements CanActivate {
  constructor(private readonly users: BrowserUsersService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context
      .switchToHttp()
      .getRequest<FastifyRequest & { user?: Pick<Principal, 'userId'> }>();
    const { id, role } = await this.users.get(request);
    if (role !== 'operator') {
      recordSecurityEvent('call_refused', { user_id: id, reason: 'role' });
      throw new ForbiddenError('These pages are for operators.');
    }
    // For `@Acting()`, which names the operator in the audit log.
    request.user = { userId: id };
    return true;
  }
}

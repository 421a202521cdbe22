import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ForbiddenError } from 'src/common/errors/app-error';
import { recordSecurityEvent } from 'src/common/security-log';
import { BrowserUsersService } from 'src/modules/auth';

/** Admits only operators. */
@Injectable()
export class OperatorGate {
  constructor(private readonly users: BrowserUsersService) {}

  /** Checks the current role of the account. Throws `sign_in_required`, `forbidden`. */
  async check(request: FastifyRequest): Promise<void> {
    const { id, role } = await this.users.get(request);
    if (role === 'operator') return;
    recordSecurityEvent('call_refused', { user_id: id, reason: 'role' });
    throw new ForbiddenError('These pages are for operators.');
  }
}

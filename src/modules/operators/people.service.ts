import { Injectable } from '@nestjs/common';
import { ForbiddenError } from 'src/common/errors/app-error';
import { Database } from 'src/database/database';
import { OperatorPeopleService, type NewOperator } from 'src/modules/accounts';
import type { User } from 'src/modules/users';
import { OwnAccountError } from './operators.errors';
import { AuditLogRepository, type Act, type AuditAction } from './persistence/audit-log.repository';

/**
 * Operators create, disable and reset each other. Change and audit entry are one transaction. One after another: of two who
 * disable each other at the same moment, the second is no longer an operator (`forbidden`).
 */
@Injectable()
export class PeopleService {
  constructor(
    private readonly database: Database,
    private readonly people: OperatorPeopleService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** The oldest first. */
  list(): Promise<User[]> {
    return this.people.list();
  }

  /** Throws `email_taken` when an operator has this address. */
  create(person: { readonly email: string; readonly fullName: string }, act: Act): Promise<NewOperator> {
    return this.asOperator(act, async () => {
      const created = await this.people.create(person);
      await this.record('create_operator', created.user.id, act);
      return created;
    });
  }

  /** Throws `own_account` for oneself, so that the last operator cannot disappear, and `user_not_found`. */
  disable(userId: string, act: Act): Promise<void> {
    if (userId === act.operatorId) throw new OwnAccountError();
    return this.asOperator(act, async () => {
      await this.people.disable(userId);
      await this.record('disable_operator', userId, act);
    });
  }

  /** Returns the new password, which is shown once. Throws `own_account` and `user_not_found`. */
  resetPassword(userId: string, act: Act): Promise<string> {
    if (userId === act.operatorId) throw new OwnAccountError();
    return this.asOperator(act, async () => {
      const password = await this.people.resetPassword(userId);
      await this.record('reset_operator_password', userId, act);
      return password;
    });
  }

  private asOperator<T>({ operatorId }: Act, work: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      const operators = await this.people.lock();
      if (!operators.some(({ id }) => id === operatorId))
        throw new ForbiddenError('Your account is no longer an operator.');
      return work();
    });
  }

  private record(action: AuditAction, userId: string, act: Act): Promise<void> {
    return this.audit.append({ act, action, target: { kind: 'user', id: userId }, userId });
  }
}

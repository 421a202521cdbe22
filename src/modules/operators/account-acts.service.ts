import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { EmailVerificationService, PasswordResetService } from 'src/modules/accounts';
import { UserSessionsService } from 'src/modules/auth';
import { UsersService } from 'src/modules/users';
import { AuditLogRepository, type Act, type AuditAction } from './persistence/audit-log.repository';

export const RESENT_EMAILS = ['verification', 'password_reset'] as const;
export type ResentEmail = (typeof RESENT_EMAILS)[number];

/** Acts on an account: name, sessions and emails. */
@Injectable()
export class AccountActsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly sessions: UserSessionsService,
    private readonly verification: EmailVerificationService,
    private readonly passwords: PasswordResetService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Throws `user_not_found`. */
  rename(userId: string, fullName: string, act: Act): Promise<void> {
    return this.database.transaction(async () => {
      await this.users.rename(userId, fullName);
      await this.record('rename_user', userId, act);
    });
  }

  /** Signs the user out everywhere, connected applications included. Throws `user_not_found`. */
  endSessions(userId: string, act: Act): Promise<void> {
    return this.database.transaction(async () => {
      await this.users.getById(userId);
      await this.sessions.revokeAllOfUser(userId, 'ended_by_operator');
      await this.record('end_sessions', userId, act);
    });
  }

  /** Throws `user_not_found`, `mail_limit`, `too_many_attempts`. `address`: of the operator. */
  async resendEmail(
    userId: string,
    email: ResentEmail,
    act: Act & { readonly address: string },
  ): Promise<void> {
    const user = await this.users.getById(userId);
    if (email === 'verification') await this.verification.resend(userId, act.address);
    else await this.database.transaction(() => this.passwords.send(user.email));
    await this.record('resend_email', userId, { ...act, details: { email } });
  }

  private record(
    action: AuditAction,
    userId: string,
    { details = {}, ...act }: Act & { readonly details?: Record<string, unknown> },
  ): Promise<void> {
    return this.audit.append({ act, action, target: { kind: 'user', id: userId }, userId, details });
  }
}

import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { UserSessionsService } from 'src/modules/auth';
import { UsersService, type User } from 'src/modules/users';
import { InvalidCredentialsError, WrongPasswordError } from './accounts.errors';
import { CredentialsService } from './credentials.service';
import { assertNewPassword } from './new-password';
import { PasswordAccountsService, type VerifiedOwner } from './password-accounts.service';
import { AccountEmails } from './emails/account-emails';

/** A signed-in user who proves again to be the owner. */
export interface OwnerProof {
  readonly userId: string;
  readonly password: string;
  /** Where the request comes from: `@ClientAddress()`. */
  readonly address: string;
}

export interface PasswordChange extends OwnerProof {
  /** The sign-in that asks, which goes on. */
  readonly sessionId: string;
  readonly newPassword: string;
}

/** A new password revokes other sessions, invalidates links sent earlier and sends the owner an email. */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: PasswordAccountsService,
    private readonly credentials: CredentialsService,
    private readonly sessions: UserSessionsService,
    private readonly emails: AccountEmails,
  ) {}

  /** Throws `wrong_password`, and `too_many_attempts` as signing in does. */
  async verifyOwner({ userId, password, address }: OwnerProof): Promise<VerifiedOwner> {
    const { email } = await this.users.getById(userId);
    return this.accounts.authenticate({ email, password, address }).catch(toWrongPassword);
  }

  /** Does `work` in a transaction. Throws `wrong_password` when the password has changed since it was proved. */
  asOwner<T>(owner: VerifiedOwner, work: () => Promise<T>): Promise<T> {
    return this.accounts.asOwner(owner, work).catch(toWrongPassword);
  }

  /** Ends every session but the asking one. Throws what `verifyOwner` and `hash` throw. */
  async change({ sessionId, newPassword, ...proof }: PasswordChange): Promise<void> {
    const owner = await this.verifyOwner(proof);
    const passwordHash = await this.hash(owner.user, newPassword);
    await this.asOwner(owner, () => this.apply(owner.user, passwordHash, sessionId));
    recordSecurityEvent('password_changed', { user_id: owner.user.id, reason: 'owner' });
  }

  /** The slow part of `apply`. Throws `invalid_request` for a password that is easy to guess. */
  hash(user: User, newPassword: string): Promise<string> {
    assertNewPassword(newPassword, user, '/new_password');
    return this.credentials.hash(newPassword);
  }

  /** Ends every session but `keptSessionId`. Joins an open transaction. */
  async apply(user: User, passwordHash: string, keptSessionId?: string): Promise<void> {
    await this.credentials.save(user.id, passwordHash);
    await this.sessions.revokeAllOfUser(user.id, 'password_changed', keptSessionId);
    await this.emails.passwordChanged(user);
  }
}

function toWrongPassword(error: unknown): never {
  throw error instanceof InvalidCredentialsError ? new WrongPasswordError() : error;
}

import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { Database } from 'src/database/database';
import { UsersService } from 'src/modules/users';
import { LinkNotValidError } from './accounts.errors';
import { AccountEmails } from './emails/account-emails';
import { EmailTokensService } from './email-tokens.service';
import { PasswordChangeService } from './password-change.service';

const PURPOSES = ['reset_password'] as const;

/** A new password for anyone who reads the account's mail. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly tokens: EmailTokensService,
    private readonly passwords: PasswordChangeService,
    private readonly emails: AccountEmails,
  ) {}

  /** Emails a link, if there is such an account. Joins the transaction in which the worker answers the request. */
  async send(email: string): Promise<void> {
    const user = await this.users.findByEmail(email);
    const token = user && (await this.tokens.issue('reset_password', user, user.email));
    if (user !== undefined && token !== undefined) await this.emails.resetPassword(user, token);
  }

  /** Changes nothing. */
  async isValid(token: string): Promise<boolean> {
    return (await this.tokens.find(token, PURPOSES)) !== undefined;
  }

  /**
   * Sets the password and revokes every session: API, browsers and connected applications. Anyone who has the link reads the
   * mail, so the address is confirmed too. Of parallel uses of one link, one succeeds. Throws `link_not_valid`, and
   * `invalid_request` for a password that is easy to guess, which leaves the link good.
   */
  async reset(token: string, newPassword: string): Promise<void> {
    // Hashing is slow on purpose and must not be had for the asking.
    const known = await this.tokens.find(token, PURPOSES);
    if (known === undefined) throw new LinkNotValidError();
    const passwordHash = await this.passwords.hash(known.user, newPassword);
    await this.database.transaction(async () => {
      const proof = await this.tokens.use(token, PURPOSES);
      if (proof === undefined) throw new LinkNotValidError();
      await this.users.markEmailVerified(proof.user.id, proof.email);
      await this.passwords.apply(proof.user, passwordHash);
    });
    recordSecurityEvent('password_changed', { user_id: known.user.id, reason: 'reset' });
  }
}

import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from 'src/common/errors/app-error';
import { recordSecurityEvent } from 'src/common/security-log';
import { AttemptsService } from 'src/modules/auth';
import { normaliseEmail, UsersService } from 'src/modules/users';
import { EmailLimitError } from './accounts.errors';
import { AccountEmails } from './emails/account-emails';
import { EmailTokensService } from './email-tokens.service';
import { PasswordChangeService, type OwnerProof } from './password-change.service';

export interface EmailChange extends OwnerProof {
  readonly newEmail: string;
}

/** Another address for an account. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly users: UsersService,
    private readonly tokens: EmailTokensService,
    private readonly passwords: PasswordChangeService,
    private readonly emails: AccountEmails,
    private readonly attempts: AttemptsService,
  ) {}

  /**
   * Emails a link to the new address and a notice to the present one; the address changes when the link is used. Goes
   * the same way when the new address belongs to someone: only they learn of it, by email. Throws `wrong_password`,
   * `too_many_attempts`, `mail_limit`, and `invalid_request` for the present address.
   */
  async request({ newEmail: wish, ...proof }: EmailChange): Promise<void> {
    const newEmail = normaliseEmail(wish);
    const owner = await this.passwords.verifyOwner(proof);
    const { user } = owner;
    const holder = await this.users.findByEmail(newEmail);
    if (holder?.id === user.id) {
      const detail = 'is already the address of this account';
      throw new InvalidRequestError('This is already your email address.', {
        errors: [{ pointer: '/new_email', detail }],
      });
    }
    const isSent = await this.passwords.asOwner(owner, async () => {
      const token = await this.tokens.issue('change_email', user, newEmail);
      if (token === undefined) return false;
      // In the transaction that sends it: what is rolled back has reached nobody.
      await this.attempts.begin('email', { account: newEmail, address: proof.address });
      if (holder === undefined) await this.emails.verifyNewEmail(user, newEmail, token);
      else await this.emails.addressInUse(user, newEmail);
      await this.emails.emailChangeRequested(user);
      return true;
    });
    if (!isSent) {
      recordSecurityEvent('emails_limited', { user_id: user.id });
      throw new EmailLimitError(await this.tokens.secondsToWait('change_email', user.id));
    }
  }
}

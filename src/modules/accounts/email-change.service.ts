import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from 'src/common/errors/app-error';
import { normaliseEmail, UsersService } from 'src/modules/users';
import { MailLimitError } from './accounts.errors';
import { AccountMails } from './emails/account-mails';
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
    private readonly mails: AccountMails,
  ) {}

  /**
   * Mails a link to the new address and a notice to the present one; the address changes when the link is used. Goes
   * the same way when the new address belongs to somebody: only they learn of it, by mail. Throws `wrong_password`,
   * `too_many_attempts`, `mail_limit`, and `invalid_request` for the present address.
   */
  async request({ newEmail: wish, ...proof }: EmailChange): Promise<void> {
    const newEmail = normaliseEmail(wish);
    const owner = await this.passwords.proveOwner(proof);
    const { user } = owner;
    const holder = await this.users.findByEmail(newEmail);
    if (holder?.id === user.id) {
      const detail = 'is the address that the account has already';
      throw new InvalidRequestError('This is your address already.', {
        errors: [{ pointer: '/new_email', detail }],
      });
    }
    const isSent = await this.passwords.asOwner(owner, async () => {
      const token = await this.tokens.issue('change_email', user, newEmail);
      if (token === undefined) return false;
      if (holder === undefined) await this.mails.confirmNewEmail(user, newEmail, token);
      else await this.mails.addressInUse(user, newEmail);
      await this.mails.emailChangeAsked(user);
      return true;
    });
    if (!isSent) throw new MailLimitError(await this.tokens.secondsToWait('change_email', user.id));
  }
}

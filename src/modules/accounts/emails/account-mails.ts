import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HttpConfig, SiteConfig } from 'src/config/app-config';
import { composeLetter } from 'src/mail/letter';
import { Outbox } from 'src/mail/outbox';
import type { TokenPurpose } from 'src/modules/accounts/persistence/email-token.entity';
import type { User } from 'src/modules/users';
import { LINK_MINUTES } from 'src/modules/accounts/email-tokens.service';
import {
  addressInUseLetter,
  confirmNewEmailLetter,
  emailChangeAskedLetter,
  emailChangedLetter,
  passwordChangedLetter,
  resetPasswordLetter,
  verifyEmailLetter,
  type AccountLetter,
} from './account-letters';

const PATHS = {
  verify_email: '/verify-email',
  change_email: '/verify-email',
  reset_password: '/reset-password',
} as const satisfies Record<TokenPurpose, string>;

/** The mails about an account. Each joins the transaction of what it tells. */
@Injectable()
export class AccountMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly http: HttpConfig,
    private readonly site: SiteConfig,
  ) {}

  verifyEmail(user: User, token: string): Promise<unknown> {
    const letter = verifyEmailLetter(this.link('verify_email', token));
    return this.send('verify_email', user, { letter });
  }

  resetPassword(user: User, token: string): Promise<unknown> {
    const letter = resetPasswordLetter(this.link('reset_password', token));
    return this.send('reset_password', user, { letter });
  }

  passwordChanged(user: User): Promise<unknown> {
    return this.send('password_changed', user, { letter: passwordChangedLetter(this.forgotUrl) });
  }

  confirmNewEmail(user: User, to: string, token: string): Promise<unknown> {
    const letter = confirmNewEmailLetter(this.link('change_email', token));
    return this.send('change_email', user, { to, letter });
  }

  addressInUse(user: User, to: string): Promise<unknown> {
    return this.send('address_in_use', user, { to, letter: addressInUseLetter(this.forgotUrl) });
  }

  emailChangeAsked(user: User): Promise<unknown> {
    const letter = emailChangeAskedLetter(this.forgotUrl);
    return this.send('email_change_asked', user, { letter });
  }

  /** To the address that `user` had until now. */
  emailChanged(user: User): Promise<unknown> {
    const letter = emailChangedLetter(this.site.contactEmail);
    return this.send('email_changed', user, { letter });
  }

  /** Sends nothing, after as much work. */
  nothing(): Promise<unknown> {
    return this.outbox.addNothing();
  }

  private get forgotUrl(): string {
    return `${this.http.publicUrl}/forgot-password`;
  }

  private link(purpose: TokenPurpose, token: string): string {
    return `${this.http.publicUrl}${PATHS[purpose]}?token=${token}`;
  }

  private send(
    kind: string,
    user: User,
    { to = user.email, letter }: { to?: string; letter: AccountLetter },
  ): Promise<unknown> {
    const footer = ['Course Companion', this.http.publicUrl, `Questions: ${this.site.contactEmail}`];
    return this.outbox.add({
      // Every change is a fact of its own, also when the same is done twice.
      key: `${kind}:${user.id}:${randomUUID()}`,
      to,
      content: composeLetter({ ...letter, footer }),
      ...(kind in LINK_MINUTES && { usefulMinutes: LINK_MINUTES[kind as TokenPurpose] }),
    });
  }
}

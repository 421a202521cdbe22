import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HttpConfig, SiteConfig } from 'src/config/app-config';
import { composeEmail } from 'src/mail/email-template';
import { Outbox } from 'src/mail/outbox';
import type { TokenPurpose } from 'src/modules/accounts/persistence/email-token.entity';
import type { User } from 'src/modules/users';
import { LINK_MINUTES } from 'src/modules/accounts/email-tokens.service';
import {
  addressInUseTemplate,
  verifyNewEmailTemplate,
  emailChangeRequestedTemplate,
  emailChangedTemplate,
  passwordChangedTemplate,
  resetPasswordTemplate,
  verifyEmailTemplate,
  type AccountTemplate,
} from './account-templates';

const PATHS = {
  verify_email: '/verify-email',
  change_email: '/verify-email',
  reset_password: '/reset-password',
} as const satisfies Record<TokenPurpose, string>;

/** The emails about an account. Each joins the transaction of the fact that it reports. */
@Injectable()
export class AccountEmails {
  constructor(
    private readonly outbox: Outbox,
    private readonly http: HttpConfig,
    private readonly site: SiteConfig,
  ) {}

  verifyEmail(user: User, token: string): Promise<unknown> {
    const template = verifyEmailTemplate(this.link('verify_email', token));
    return this.send('verify_email', user, { template });
  }

  resetPassword(user: User, token: string): Promise<unknown> {
    const template = resetPasswordTemplate(this.link('reset_password', token));
    return this.send('reset_password', user, { template });
  }

  passwordChanged(user: User): Promise<unknown> {
    return this.send('password_changed', user, { template: passwordChangedTemplate(this.forgotUrl) });
  }

  verifyNewEmail(user: User, to: string, token: string): Promise<unknown> {
    const template = verifyNewEmailTemplate(this.link('change_email', token));
    return this.send('change_email', user, { to, template });
  }

  addressInUse(user: User, to: string): Promise<unknown> {
    return this.send('address_in_use', user, { to, template: addressInUseTemplate(this.forgotUrl) });
  }

  emailChangeRequested(user: User): Promise<unknown> {
    const template = emailChangeRequestedTemplate(this.forgotUrl);
    return this.send('email_change_asked', user, { template });
  }

  /** To the address that `user` had until now. */
  emailChanged(user: User): Promise<unknown> {
    const template = emailChangedTemplate(this.site.contactEmail);
    return this.send('email_changed', user, { template });
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
    { to = user.email, template }: { to?: string; template: AccountTemplate },
  ): Promise<unknown> {
    const footer = ['Course Companion', this.http.publicUrl, `Questions: ${this.site.contactEmail}`];
    return this.outbox.add({
      // Every change is a fact of its own, also when the same is done twice.
      key: `${kind}:${user.id}:${randomUUID()}`,
      to,
      userId: user.id,
      content: composeEmail({ ...template, footer }),
      ...(kind in LINK_MINUTES && { usefulMinutes: LINK_MINUTES[kind as TokenPurpose] }),
    });
  }
}

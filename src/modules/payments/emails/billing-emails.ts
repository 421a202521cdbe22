import { Injectable } from '@nestjs/common';
import { HttpConfig, SiteConfig } from 'src/config/app-config';
import { composeEmail, type EmailContent } from 'src/mail/email-template';
import { Outbox } from 'src/mail/outbox';
import type { SyncContributor, WrittenCustomer } from 'src/modules/payments/sync/sync-contributor';
import { UsersService } from 'src/modules/users';
import { BillingFactsReader } from './billing-facts.reader';
import { billingTemplate } from './billing-templates';
import type { BillingEmail } from './domain/billing-email';
import { deriveBillingEmails } from './domain/derive-billing-emails';

/**
 * The emails about money. They are added in the transaction of the sync that has written the facts, under the key of the
 * fact: a crash, a repeated event or a second worker sends none twice.
 */
@Injectable()
export class BillingEmails implements SyncContributor {
  constructor(
    private readonly facts: BillingFactsReader,
    private readonly users: UsersService,
    private readonly outbox: Outbox,
    private readonly http: HttpConfig,
    private readonly site: SiteConfig,
  ) {}

  async afterWrite(written: WrittenCustomer): Promise<void> {
    const emails = deriveBillingEmails(await this.facts.read(written));
    if (emails.length === 0) return;
    const { email: to } = await this.users.getById(written.userId);
    for (const email of emails) {
      await this.outbox.add({ key: email.key, to, userId: written.userId, content: this.compose(email) });
    }
  }

  compose(email: BillingEmail): EmailContent {
    const { publicUrl } = this.http;
    const links = { account: `${publicUrl}/account`, pay: `${publicUrl}/account/pay` };
    const footer = ['Course Companion', publicUrl, `Questions: ${this.site.contactEmail}`];
    return composeEmail({ ...billingTemplate(email, links), footer });
  }
}

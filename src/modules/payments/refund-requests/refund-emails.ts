import { Injectable } from '@nestjs/common';
import { formatMoney } from 'src/common/domain/money';
import { HttpConfig, SiteConfig } from 'src/config/app-config';
import { composeEmail, type EmailContent } from 'src/mail/email-template';
import { Outbox } from 'src/mail/outbox';
import { UsersService } from 'src/modules/users';
import type { RefundRequest } from './domain/refund-request';

/** The email about a declined request. An approved one is a refund, which has an email of its own. */
@Injectable()
export class RefundEmails {
  constructor(
    private readonly users: UsersService,
    private readonly outbox: Outbox,
    private readonly http: HttpConfig,
    private readonly site: SiteConfig,
  ) {}

  /** Joins the transaction of the decision. */
  async declined(request: RefundRequest): Promise<void> {
    const { email: to } = await this.users.getById(request.userId);
    await this.outbox.add({
      key: `refund_request_declined:${request.id}`,
      to,
      userId: request.userId,
      content: this.compose(request),
    });
  }

  compose({ invoiceNumber, invoiceId, amountMinor, currency, declineReason }: RefundRequest): EmailContent {
    return composeEmail({
      subject: 'Your refund request was declined',
      paragraphs: ['Hello,', 'We looked at your refund request and declined it.', declineReason ?? ''].filter(
        Boolean,
      ),
      details: [
        { label: 'Invoice', value: invoiceNumber ?? invoiceId },
        { label: 'Amount', value: formatMoney(amountMinor, currency) },
      ],
      button: { label: 'Open your account', url: `${this.http.publicUrl}/account` },
      afterwards: [`If you disagree, write to ${this.site.contactEmail}.`],
      footer: ['Course Companion', this.http.publicUrl, `Questions: ${this.site.contactEmail}`],
    });
  }
}

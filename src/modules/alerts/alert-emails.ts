import { Injectable } from '@nestjs/common';
import { AlertsConfig } from 'src/config/background-config';
import { composeEmail } from 'src/mail/email-template';
import { Outbox } from 'src/mail/outbox';
import { describeAlert, runbookOf, type AlertChange } from './alert-message';
import type { StoredAlert } from './persistence/alerts.repository';

/** An alert of yesterday helps nobody. */
const USEFUL_MINUTES = 24 * 60;

/** One email per incident and change and recipient. Joins the transaction that opens or closes the incident. */
@Injectable()
export class AlertEmails {
  constructor(
    private readonly outbox: Outbox,
    private readonly config: AlertsConfig,
  ) {}

  async add(alert: StoredAlert, change: AlertChange): Promise<void> {
    const subject = describeAlert(alert, change);
    const content = composeEmail({
      subject,
      paragraphs: [subject, `What to do: ${runbookOf(alert)}`],
      details: [
        { label: 'Since', value: alert.openedAt.toISOString() },
        ...(alert.closedAt === null ? [] : [{ label: 'Until', value: alert.closedAt.toISOString() }]),
      ],
      footer: ['You get this email because ALERT_EMAILS contains your address.'],
    });
    for (const [index, to] of this.config.emails.entries())
      await this.outbox.add({
        key: `alert:${alert.id}:${change}:${index}`,
        to,
        userId: null,
        content,
        usefulMinutes: USEFUL_MINUTES,
      });
  }
}

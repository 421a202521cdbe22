import { Injectable, Logger } from '@nestjs/common';
import { AlertsConfig } from 'src/config/background-config';
import { describeAlert, runbookOf } from './alert-message';
import { AlertsRepository, type UnsentAlert } from './persistence/alerts.repository';

const TIMEOUT_MS = 5000;
const BATCH = 20;

/** Posts each change to the webhook that is configured, as Slack and compatible services read it. Retries until it is accepted. */
@Injectable()
export class AlertWebhook {
  private readonly logger = new Logger(AlertWebhook.name);

  constructor(
    private readonly alerts: AlertsRepository,
    private readonly config: AlertsConfig,
  ) {}

  /** Stops at the first failure: the next evaluation goes on. Never throws because of the webhook. */
  async sendUnsent(): Promise<void> {
    for (const alert of await this.alerts.listUnsent(BATCH)) {
      if (!(await this.post(alert))) return;
      await this.alerts.markSent(alert.id, alert.change);
    }
  }

  private async post(alert: UnsentAlert): Promise<boolean> {
    if (this.config.webhookUrl === undefined) return true;
    try {
      const response = await fetch(this.config.webhookUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: `${describeAlert(alert, alert.change)} (${runbookOf(alert)})` }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok) return true;
      this.logger.warn({ status: response.status }, 'the alert webhook refuses alerts; trying again');
    } catch (error) {
      this.logger.warn({ err: error }, 'the alert webhook cannot be reached; trying again');
    }
    return false;
  }
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from 'src/database/database';
import { AlertEmails } from './alert-emails';
import { describeAlert, type AlertChange } from './alert-message';
import { AlertWebhook } from './alert-webhook';
import { detectAlerts, type AlertThresholds } from './domain/alert-classes';
import type { AlertFacts } from './domain/alert-facts';
import { AlertsRepository, type StoredAlert } from './persistence/alerts.repository';

export const ALERT_THRESHOLDS = Symbol('ALERT_THRESHOLDS');

/** An incident is over when nothing of it was seen for so long: a value at its limit causes one alert, not many. */
const QUIET_MS = 30_000;

/** Opens an incident at its first sign, closes it when it is over, and says each once. The caller holds a lease. */
@Injectable()
export class AlertsService {
  private readonly logger = new Logger(AlertsService.name);

  constructor(
    private readonly database: Database,
    private readonly alerts: AlertsRepository,
    private readonly emails: AlertEmails,
    private readonly webhook: AlertWebhook,
    @Inject(ALERT_THRESHOLDS) private readonly thresholds: AlertThresholds,
  ) {}

  async evaluate(facts: AlertFacts, now: Date): Promise<void> {
    const detected = new Map(
      detectAlerts(facts, this.thresholds).map((found) => [`${found.alert} ${found.key}`, found]),
    );
    await this.database.transaction(async () => {
      for (const open of await this.alerts.listOpen()) {
        const found = detected.get(`${open.alert} ${open.key}`);
        detected.delete(`${open.alert} ${open.key}`);
        if (found !== undefined) await this.alerts.markSeen(open.id, found.reason, now);
        else if (now.getTime() - open.lastSeenAt.getTime() >= QUIET_MS) await this.close(open, now);
      }
      for (const found of detected.values()) {
        const opened = await this.alerts.open(found, now);
        if (opened !== undefined) await this.announce(opened, 'opened');
      }
    });
    await this.webhook.sendUnsent();
  }

  /** Newest first. */
  list(limit: number): Promise<StoredAlert[]> {
    return this.alerts.list(limit);
  }

  private async close(open: StoredAlert, now: Date): Promise<void> {
    await this.alerts.close(open.id, now);
    await this.announce({ ...open, closedAt: now }, 'closed');
  }

  private async announce(alert: StoredAlert, change: AlertChange): Promise<void> {
    const line = { alert: alert.alert, key: alert.key, since: alert.openedAt.toISOString() };
    if (change === 'opened') this.logger.error(line, describeAlert(alert, change));
    else this.logger.log(line, describeAlert(alert, change));
    await this.emails.add(alert, change);
  }
}

import { Module } from '@nestjs/common';
import { EngineModule } from 'src/engine/engine.module';
import { MailModule } from 'src/mail/mail.module';
import { MonitoringModule } from 'src/modules/monitoring';
import { AlertEmails } from './alert-emails';
import { AlertWebhook } from './alert-webhook';
import { AlertsLoop } from './alerts-loop.service';
import { ALERT_THRESHOLDS, AlertsService } from './alerts.service';
import { DEFAULT_THRESHOLDS } from './domain/alert-classes';
import { AlertsRepository } from './persistence/alerts.repository';

/** In every process; a lease lets one evaluate. */
@Module({
  imports: [EngineModule, MailModule, MonitoringModule],
  providers: [
    { provide: ALERT_THRESHOLDS, useValue: DEFAULT_THRESHOLDS },
    AlertEmails,
    AlertWebhook,
    AlertsLoop,
    AlertsRepository,
    AlertsService,
  ],
  exports: [AlertsService],
})
export class AlertsModule {}

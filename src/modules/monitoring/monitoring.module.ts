import { Module } from '@nestjs/common';
import { DatabaseSigns } from 'src/database/database-signs';
import { EngineModule } from 'src/engine/engine.module';
import { MailModule } from 'src/mail/mail.module';
import { PaymentsModule } from 'src/modules/payments';
import { InboxHealthModule } from 'src/modules/webhooks';
import { RedisClientsModule } from 'src/queue/redis-clients';
import { RedisProbe } from 'src/queue/redis-probe';
import { PaymentsHealthService } from './payments-health.service';
import { SystemMetrics } from './system-metrics.service';
import { SystemFactsService } from './system-facts.service';

/** What health checks, alerts, metrics and operators judge. */
@Module({
  imports: [EngineModule, InboxHealthModule, MailModule, PaymentsModule, RedisClientsModule],
  providers: [DatabaseSigns, PaymentsHealthService, RedisProbe, SystemFactsService, SystemMetrics],
  exports: [PaymentsHealthService, RedisProbe, SystemFactsService],
})
export class MonitoringModule {}

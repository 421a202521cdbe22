import { Module, type DynamicModule } from '@nestjs/common';
import { ClockModule } from 'src/clock/clock.module';
import { loggingModule } from 'src/common/http/logging';
import { WorkerServer } from 'src/metrics/worker-server.service';
import { MetricsModule } from 'src/metrics/metrics.module';
import type { AppConfig } from 'src/config/app-config';
import { ConfigModule } from 'src/config/config.module';
import { DatabaseModule } from 'src/database/database.module';
import { HeartbeatModule } from 'src/engine/engine.module';
import { MailDeliveryModule } from 'src/mail/mail.module';
import { BillingRemindersModule, ReconcileWorkerModule } from 'src/modules/payments';
import { AccountsWorkerModule } from 'src/modules/accounts';
import { AlertsModule } from 'src/modules/alerts';
import { RetentionModule } from 'src/modules/retention';
import { WebhooksQueueModule, WebhooksWorkerModule } from 'src/modules/webhooks';

/** The worker process: the same modules without routes. */
@Module({})
export class WorkerModule {
  static register(config: AppConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.register(config),
        loggingModule({ level: config.http.logLevel, part: 'worker' }),
        ClockModule,
        MetricsModule,
        DatabaseModule,
        WebhooksQueueModule.register(config.redis),
        WebhooksWorkerModule,
        ReconcileWorkerModule,
        HeartbeatModule,
        AlertsModule,
        MailDeliveryModule,
        AccountsWorkerModule,
        RetentionModule,
        BillingRemindersModule,
      ],
      providers: [WorkerServer],
    };
  }
}

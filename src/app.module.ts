import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ClockModule } from 'src/clock/clock.module';
import { loggingModule } from 'src/common/http/logging';
import { ProblemDetailsFilter } from 'src/common/http/problem-details.filter';
import { MetricsModule } from 'src/metrics/metrics.module';
import type { AppConfig } from 'src/config/app-config';
import { ConfigModule } from 'src/config/config.module';
import { DatabaseModule } from 'src/database/database.module';
import { AccountsModule } from 'src/modules/accounts';
import { AuthModule } from 'src/modules/auth';
import { AlertsModule } from 'src/modules/alerts';
import { ChaptersModule } from 'src/modules/chapters';
import { ChatgptModule } from 'src/modules/chatgpt';
import { ConsoleModule } from 'src/modules/console';
import { DevMailModule } from 'src/modules/dev-mail';
import { HealthModule } from 'src/modules/health';
import { MeModule } from 'src/modules/me';
import { OAuthModule } from 'src/modules/oauth';
import { OperatorsModule } from 'src/modules/operators';
import { PaymentsModule } from 'src/modules/payments';
import { SiteModule } from 'src/modules/site';
import { WebhooksModule, WebhooksQueueModule } from 'src/modules/webhooks';

/** The web process. */
@Module({})
export class AppModule {
  static register(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        loggingModule({ level: config.http.logLevel, part: 'web' }),
        ClockModule,
        MetricsModule,
        DatabaseModule,
        WebhooksQueueModule.register(config.redis),
        AuthModule,
        AccountsModule,
        OAuthModule,
        MeModule,
        PaymentsModule,
        ChaptersModule,
        ChatgptModule,
        HealthModule,
        AlertsModule,
        SiteModule,
        WebhooksModule,
        OperatorsModule,
        ConsoleModule,
        ...(config.http.production ? [] : [DevMailModule]),
      ],
      providers: [{ provide: APP_FILTER, useClass: ProblemDetailsFilter }],
    };
  }
}

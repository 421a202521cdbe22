import { Module, type DynamicModule } from '@nestjs/common';
import {
  AccessConfig,
  AuthConfig,
  ContentConfig,
  DatabaseConfig,
  HttpConfig,
  LimitsConfig,
  MailConfig,
  RedisConfig,
  SiteConfig,
  StripeConfig,
  WebhooksConfig,
  type AppConfig,
} from './app-config';
import { AlertsConfig, MetricsConfig, ReconcileConfig, WorkerConfig } from './background-config';
import { CheckoutConfig } from './checkout-config';
import { Failpoints } from './failpoints';

/** Provides each slice of the configuration under its own token, globally. */
@Module({})
export class ConfigModule {
  static register(config: AppConfig): DynamicModule {
    const providers = [
      { provide: HttpConfig, useValue: config.http },
      { provide: DatabaseConfig, useValue: config.database },
      { provide: RedisConfig, useValue: config.redis },
      { provide: AuthConfig, useValue: config.auth },
      { provide: LimitsConfig, useValue: config.limits },
      { provide: StripeConfig, useValue: config.stripe },
      { provide: AccessConfig, useValue: config.access },
      { provide: CheckoutConfig, useValue: config.checkout },
      { provide: WebhooksConfig, useValue: config.webhooks },
      { provide: AlertsConfig, useValue: config.alerts },
      { provide: WorkerConfig, useValue: config.worker },
      { provide: MetricsConfig, useValue: config.metrics },
      { provide: ReconcileConfig, useValue: config.reconcile },
      { provide: ContentConfig, useValue: config.content },
      { provide: MailConfig, useValue: config.mail },
      { provide: SiteConfig, useValue: config.site },
      { provide: Failpoints, useValue: new Failpoints(config.webhooks.failpoints) },
    ];
    return {
      module: ConfigModule,
      global: true,
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}

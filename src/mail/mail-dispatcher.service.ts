import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseConfig, MailConfig } from 'src/config/app-config';
import { NotifiedLoop } from 'src/database/notified-loop';
import { MailDeliveryService } from './mail-delivery.service';

/** Runs the delivery in every worker: woken by NOTIFY, with a poll behind it. */
@Injectable()
export class MailDispatcherService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MailDispatcherService.name);
  private readonly loop: NotifiedLoop;

  constructor(
    private readonly delivery: MailDeliveryService,
    config: MailConfig,
    database: DatabaseConfig,
  ) {
    this.loop = new NotifiedLoop({
      databaseUrl: database.url,
      channel: 'outbox',
      intervalMs: config.pollMs,
      look: () => this.look(),
      onFailure: (error) =>
        this.logger.warn({ err: error }, 'could not deliver emails; the next poll tries again'),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async look(): Promise<void> {
    if (await this.delivery.deliverDue()) this.loop.wake();
  }
}

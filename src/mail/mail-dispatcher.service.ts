import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseConfig, MailConfig } from 'src/config/app-config';
import { NotifiedLoop } from 'src/database/notified-loop';
import { MailDeliveryService } from './mail-delivery.service';
import { OutboxRepository } from './persistence/outbox.repository';

/** Long enough to answer "was the email sent?", and to send no email about one fact twice. */
const KEEP_SETTLED_DAYS = 30;
const CLEAN_EVERY_MS = 60 * 60 * 1000;

/** Runs the delivery in every worker: woken by NOTIFY, with a poll behind it. */
@Injectable()
export class MailDispatcherService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MailDispatcherService.name);
  private readonly loop: NotifiedLoop;
  private cleanedAt = -Infinity;

  constructor(
    private readonly delivery: MailDeliveryService,
    private readonly outbox: OutboxRepository,
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
    if (performance.now() - this.cleanedAt < CLEAN_EVERY_MS) return;
    await this.outbox.deleteSettled(KEEP_SETTLED_DAYS);
    this.cleanedAt = performance.now();
  }
}

import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { SignatureError } from 'src/modules/payments';
import { RefusedDeliveriesRepository } from 'src/modules/webhooks/refused/persistence/refused-deliveries.repository';

export type RefusalCause = SignatureError['failure'] | 'wrong_mode' | 'not_an_event';

const WRITE_MS = 1000;

/** Counts refused deliveries. Strangers can cause them at any rate: they are written once per second, without content. */
@Injectable()
export class RefusedDeliveries implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RefusedDeliveries.name);
  private counts = new Map<RefusalCause, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly rows: RefusedDeliveriesRepository) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write(), WRITE_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  /** Costs nothing but memory: the answer to the caller does not wait. */
  note(cause: RefusalCause): void {
    this.counts.set(cause, (this.counts.get(cause) ?? 0) + 1);
  }

  /** What cannot be written is counted again next time. */
  private async write(): Promise<void> {
    if (this.counts.size === 0) return;
    const written = this.counts;
    this.counts = new Map();
    try {
      await this.rows.add(written);
    } catch (error) {
      for (const [cause, count] of written) this.counts.set(cause, (this.counts.get(cause) ?? 0) + count);
      this.logger.debug({ err: error }, 'refused deliveries not recorded yet');
    }
  }
}

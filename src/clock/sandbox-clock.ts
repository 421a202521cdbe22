import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';

const POLL_MS = 250;

/**
 * Business time that follows the Stripe sandbox: moving time there moves renewals, grace periods and access here.
 * While the sandbox cannot be reached the last known offset stays. Never used in production.
 */
export class SandboxClock extends Clock implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(SandboxClock.name);
  private offsetMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly apiBase: string) {
    super();
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  async onModuleInit(): Promise<void> {
    await this.poll();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async poll(): Promise<void> {
    try {
      const response = await fetch(new URL('/sandbox/clock', this.apiBase), {
        signal: AbortSignal.timeout(1000),
      });
      const { offset_seconds: seconds } = (await response.json()) as { offset_seconds?: unknown };
      if (response.ok && typeof seconds === 'number') this.offsetMs = seconds * 1000;
    } catch {
      this.logger.debug('the sandbox clock cannot be read; keeping the last offset');
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.poll(), POLL_MS);
    this.timer.unref();
  }
}

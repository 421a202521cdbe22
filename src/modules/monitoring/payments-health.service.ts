import { Injectable } from '@nestjs/common';
import { judgePayments, type PaymentChecks } from './domain/judge-payments';
import { SystemFactsService } from './system-facts.service';

export interface PaymentsHealth {
  readonly status: 'ok' | 'failing';
  readonly checks: PaymentChecks;
}

const FRESH_MS = 1000;

/** Whether a payment would open access now. Everyone may ask, so it is read at most once per second. */
@Injectable()
export class PaymentsHealthService {
  private latest: Promise<PaymentsHealth> | undefined;
  private readAt = -Infinity;

  constructor(private readonly facts: SystemFactsService) {}

  /** Throws when PostgreSQL does not answer. */
  check(): Promise<PaymentsHealth> {
    if (this.latest === undefined || performance.now() - this.readAt > FRESH_MS) {
      this.readAt = performance.now();
      this.latest = this.read();
    }
    return this.latest;
  }

  private async read(): Promise<PaymentsHealth> {
    const checks = judgePayments(await this.facts.read());
    return { status: Object.values(checks).includes('failing') ? 'failing' : 'ok', checks };
  }
}

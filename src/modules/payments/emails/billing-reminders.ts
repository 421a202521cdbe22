import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { AccessConfig } from 'src/config/app-config';
import { SyncRequests } from 'src/engine/sync-requests';
import { Outbox } from 'src/mail/outbox';
import {
  keyOfRenewal,
  keyOfTrialEnd,
  RENEWAL_NOTICE_DAYS,
  TRIAL_NOTICE_DAYS,
} from './domain/derive-billing-emails';
import { EmailFactsRepository, type ComingDate } from './persistence/email-facts.repository';

const LOOK_EVERY_MS = 30_000;
/** A customer that was just synced is not synced again because of a reminder. */
const SYNC_INTERVAL_MS = 5000;

/**
 * Finds what becomes due by time alone, on business time: trials that end, yearly plans that renew, access that has
 * lapsed. It sends nothing itself. It requests a sync, which reads the subscription from Stripe once more and adds the
 * email only if the fact still holds.
 */
@Injectable()
export class BillingReminders implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(BillingReminders.name);
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly facts: EmailFactsRepository,
    private readonly outbox: Outbox,
    private readonly syncs: SyncRequests,
    private readonly policy: AccessConfig,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Repeating is harmless, also in several workers at once. Never throws: the next look tries again. */
  look(): Promise<void> {
    this.looking ??= this.request()
      .catch((error: unknown) =>
        this.logger.warn({ err: error }, 'reminders not checked; the next look tries again'),
      )
      .finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async request(): Promise<void> {
    const now = this.clock.now();
    const customers = [
      ...(await this.unknown(await this.facts.findEndingTrials(now, TRIAL_NOTICE_DAYS), keyOfTrialEnd)),
      ...(await this.unknown(await this.facts.findYearlyRenewals(now, RENEWAL_NOTICE_DAYS), keyOfRenewal)),
      ...(await this.facts.findLapsed(now, this.policy)),
    ];
    for (const customerId of new Set(customers)) await this.syncs.ask(customerId, SYNC_INTERVAL_MS);
  }

  /** The customers of the dates that no email has announced yet. */
  private async unknown(
    dates: readonly ComingDate[],
    keyOf: (subscriptionId: string, at: Date) => string,
  ): Promise<string[]> {
    const known = await this.outbox.findKnown(
      dates.map(({ subscriptionId, at }) => keyOf(subscriptionId, at)),
    );
    return dates
      .filter(({ subscriptionId, at }) => !known.has(keyOf(subscriptionId, at)))
      .map(({ customerId }) => customerId);
  }
}

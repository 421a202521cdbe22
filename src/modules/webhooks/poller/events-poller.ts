import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { Database } from 'src/database/database';
import type { Lease } from 'src/engine/lease';
import { LeaseService } from 'src/engine/lease.service';
import {
  EVENT_HORIZON_DAYS,
  HANDLED_EVENT_TYPES,
  MOST_TYPES_PER_CALL,
  StripeEvents,
} from 'src/modules/payments';
import { EventCursorsRepository } from 'src/modules/webhooks/poller/persistence/event-cursors.repository';
import {
  findStart,
  groupTypes,
  isPollDue,
  planWindows,
  type EventCursor,
  type PollWindow,
} from './domain/poll-plan';
import { PolledEvents } from './polled-events';

/** One process polls at a time. */
const LEASE_ID = 'reconcile:events';
const HORIZON_MS = EVENT_HORIZON_DAYS * 24 * 3_600_000;

const GROUPS = groupTypes(HANDLED_EVENT_TYPES, MOST_TYPES_PER_CALL).map((types, group) => ({ group, types }));
type Group = (typeof GROUPS)[number];

/** Reads the events that Stripe has announced and stores those that no webhook delivered. Safe to repeat. */
@Injectable()
export class EventsPoller {
  private readonly logger = new Logger(EventsPoller.name);

  constructor(
    private readonly database: Database,
    private readonly leases: LeaseService,
    private readonly clock: Clock,
    private readonly cursors: EventCursorsRepository,
    private readonly stripe: StripeEvents,
    private readonly events: PolledEvents,
  ) {}

  async isDue(intervalMs: number): Promise<boolean> {
    return isPollDue(await this.cursors.list(), { groups: GROUPS.length, now: this.clock.now(), intervalMs });
  }

  /** Returns how many events were new, or `busy` while another process polls. Throws StripeUnavailableError. */
  async poll(): Promise<number | 'busy'> {
    return this.leases.tryRun(LEASE_ID, async (lease) => {
      const cursors = await this.cursors.list();
      let missed = 0;
      for (const group of GROUPS) missed += await this.readGroup(lease, group, cursors);
      await this.cursors.deleteFrom(GROUPS.length);
      if (missed > 0) this.logger.warn({ events: missed }, 'found events that no webhook has delivered');
      return missed;
    });
  }

  private async readGroup(lease: Lease, group: Group, cursors: readonly EventCursor[]): Promise<number> {
    const now = this.clock.now();
    let readUntil = findStart(group, cursors, now);
    if (now.getTime() - readUntil.getTime() > HORIZON_MS) this.noteGap(group, readUntil);
    let missed = 0;
    for (const window of planWindows(readUntil, now, HORIZON_MS)) {
      const read = await this.readWindow(group, window, readUntil);
      readUntil = read.readUntil;
      missed += read.missed;
      const polledAt = window.until === undefined ? now : undefined;
      await this.database.transaction(async () => {
        await this.leases.assertCurrent(lease);
        await this.cursors.save({ ...group, ...read, polledAt });
      });
    }
    return missed;
  }

  /** The end of the last window is Stripe's time of the newest event: the clock of this machine may be wrong. */
  private async readWindow({ types }: Group, window: PollWindow, readUntil: Date) {
    let missed = 0;
    let newest = window.until ?? readUntil;
    for await (const page of this.stripe.pages({ types, ...window })) {
      const [first] = page;
      if (window.until === undefined && first !== undefined && first.createdAt > newest)
        newest = first.createdAt;
      missed += (await this.events.store(page)).length;
    }
    return { readUntil: newest, missed };
  }

  private noteGap({ group }: Group, readUntil: Date): void {
    this.logger.error(
      { group, read_until: readUntil.toISOString(), horizon_days: EVENT_HORIZON_DAYS },
      'Stripe no longer lists some events that were not read; run npm run reconcile',
    );
  }
}

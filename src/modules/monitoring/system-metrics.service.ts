import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from 'src/metrics/metrics';
import { StripeCalls } from 'src/modules/payments';
import type { SystemFacts } from './domain/system-facts';
import { SystemFactsService } from './system-facts.service';

type Read = (facts: SystemFacts) => number | null | undefined;

const FRESH_MS = 1000;

/** One gauge per fact that is a number. Absent facts have no value. */
export const FACT_GAUGES: readonly { readonly name: string; readonly help: string; readonly read: Read }[] = [
  {
    name: 'worker_silent_seconds',
    help: 'Since the last heartbeat of any worker',
    read: ({ workerSilentMs }) => toSeconds(workerSilentMs),
  },
  {
    name: 'redis_up',
    help: '1 when Redis accepts writes, 0 when it does not',
    read: ({ redis }) => (redis === 'not_configured' ? null : Number(redis === 'up')),
  },
  {
    name: 'inbox_pending_events',
    help: 'Events that wait to be processed',
    read: ({ inbox }) => inbox.pending,
  },
  { name: 'inbox_dead_events', help: 'Events that failed for good', read: ({ inbox }) => inbox.dead },
  {
    name: 'inbox_oldest_due_seconds',
    help: 'Age of the oldest due event',
    read: ({ inbox }) => toSeconds(inbox.oldestDueMs ?? 0),
  },
  {
    name: 'inbox_last_delivery_seconds',
    help: 'Since the last stored webhook delivery',
    read: ({ inbox }) => toSeconds(inbox.deliveredMs),
  },
  {
    name: 'inbox_refused_signatures',
    help: 'Wrong signatures since the last accepted delivery',
    read: ({ inbox }) => inbox.refusedSignatures,
  },
  {
    name: 'reconcile_missed_events',
    help: 'Events that no webhook delivered, so far',
    read: ({ inbox }) => inbox.missedEvents,
  },
  {
    name: 'reconcile_last_poll_seconds',
    help: 'Business time since events were read from Stripe',
    read: ({ inbox }) => toSeconds(inbox.polledMs),
  },
  {
    name: 'reconcile_last_sweep_seconds',
    help: 'Business time since the last complete sweep',
    read: ({ drift }) => toSeconds(drift.sweptMs),
  },
  {
    name: 'reconcile_open_drift',
    help: 'Differences between Stripe and the database',
    read: ({ drift }) => drift.open,
  },
  {
    name: 'double_subscriptions',
    help: 'Users with more than one live subscription',
    read: ({ drift }) => drift.doubles,
  },
  {
    name: 'failed_payments_last_hour',
    help: 'Failed payments within an hour',
    read: ({ inbox }) => inbox.failedPaymentsLastHour,
  },
  {
    name: 'open_disputes',
    help: 'Disputes that wait for an answer',
    read: ({ openDisputes }) => openDisputes.length,
  },
  {
    name: 'outbox_dead_emails',
    help: 'Emails of the last day that could not be sent',
    read: ({ outbox }) => outbox.dead,
  },
  {
    name: 'outbox_oldest_due_seconds',
    help: 'Age of the oldest waiting email',
    read: ({ outbox }) => toSeconds(outbox.oldestDueMs ?? 0),
  },
  {
    name: 'database_connections',
    help: 'Connections to PostgreSQL in use',
    read: ({ database }) => database.connectionsUsed,
  },
  {
    name: 'database_connections_max',
    help: 'Connections that PostgreSQL allows',
    read: ({ database }) => database.connections,
  },
];

const toSeconds = (ms: number | null | undefined): number | null | undefined => (ms ? ms / 1000 : ms);

/** Registers what monitoring knows, and what the calls to Stripe cost. */
@Injectable()
export class SystemMetrics implements OnModuleInit {
  private latest: Promise<SystemFacts | undefined> | undefined;
  private readAt = -Infinity;

  constructor(
    private readonly metrics: Metrics,
    private readonly facts: SystemFactsService,
    private readonly calls: StripeCalls,
  ) {}

  onModuleInit(): void {
    for (const { name, help, read } of FACT_GAUGES) {
      const gauge = this.metrics.gauge({ name, help }, async () => {
        const facts = await this.read();
        const value = facts && read(facts);
        if (value === null || value === undefined) gauge.remove();
        else gauge.set(value);
      });
    }
    const duration = this.metrics.histogram({
      name: 'stripe_call_duration_seconds',
      help: 'Calls to Stripe by outcome',
      labels: ['outcome'],
    });
    this.calls.listen(({ outcome, durationMs }) => duration.observe({ outcome }, durationMs / 1000));
  }

  /** One reading asks once, although every gauge collects by itself. Without the database no fact has a value. */
  private read(): Promise<SystemFacts | undefined> {
    if (this.latest === undefined || performance.now() - this.readAt > FRESH_MS) {
      this.readAt = performance.now();
      this.latest = this.facts.read().catch(() => undefined);
    }
    return this.latest;
  }
}

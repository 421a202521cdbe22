import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** How the inbox is doing. Ages in milliseconds of the database's clock. */
export interface InboxSigns {
  readonly pending: number;
  readonly dead: number;
  /** Since the oldest pending event became due; null when nothing is due. */
  readonly oldestDueMs: number | null;
  /** Since the last webhook delivery that was stored; null when there was none. */
  readonly deliveredMs: number | null;
  /** Since the poller last found an event that no webhook had delivered. */
  readonly missedMs: number | null;
  readonly missedEvents: number;
  /** Deliveries with a wrong signature in the last quarter of an hour, after the last one that was accepted. */
  readonly refusedSignatures: number;
  readonly failedPaymentsLastHour: number;
  /** Per hour, over the week before the last hour. */
  readonly failedPaymentsUsual: number;
}

export interface RefusedCause {
  readonly cause: string;
  readonly count: number;
  readonly lastAt: Date;
}

const SIGNS = `
  WITH delivered AS (
    SELECT received_at FROM webhook_events WHERE request_id <> 'events-poller' ORDER BY id DESC LIMIT 1),
  failed AS (
    SELECT received_at > now() - interval '1 hour' AS recent FROM webhook_events
    WHERE type = 'invoice.payment_failed' AND received_at > now() - interval '169 hours')
  SELECT
    (SELECT count(*)::int FROM webhook_events WHERE status = 'pending') AS pending,
    (SELECT count(*)::int FROM webhook_events WHERE status = 'dead') AS dead,
    (SELECT (extract(epoch FROM now() - min(next_attempt_at)) * 1000)::float8 FROM webhook_events
     WHERE status = 'pending' AND next_attempt_at <= now()) AS "oldestDueMs",
    (SELECT (extract(epoch FROM now() - received_at) * 1000)::float8 FROM delivered) AS "deliveredMs",
    (SELECT (extract(epoch FROM now() - max(last_missed_at)) * 1000)::float8 FROM event_cursors) AS "missedMs",
    (SELECT coalesce(sum(missed_events), 0)::float8 FROM event_cursors) AS "missedEvents",
    (SELECT coalesce(sum(count), 0)::float8 FROM refused_deliveries
     WHERE cause IN ('mismatch', 'stale', 'future') AND last_at > now() - interval '15 minutes'
       AND last_at > coalesce((SELECT received_at FROM delivered), '-infinity')) AS "refusedSignatures",
    (SELECT count(*) FILTER (WHERE recent)::int FROM failed) AS "failedPaymentsLastHour",
    (SELECT (count(*) FILTER (WHERE NOT recent))::float8 / 168 FROM failed) AS "failedPaymentsUsual"`;

/** What tells whether events arrive and are processed. Reads only. */
@Injectable()
export class InboxHealthRepository {
  constructor(private readonly database: Database) {}

  async read(): Promise<InboxSigns> {
    const row = await this.database.queryOne<InboxSigns>(SIGNS);
    if (row === undefined) throw new Error('SELECT returned no row');
    return row;
  }

  /** Business time of the group that was polled longest ago; undefined before the first poll. */
  async findPolledAt(): Promise<Date | undefined> {
    const row = await this.database.queryOne<{ polled_at: Date | null }>(
      `SELECT min(polled_at) AS polled_at FROM event_cursors`,
    );
    return row?.polled_at ?? undefined;
  }

  /** The latest cause first. */
  listRefused(days: number): Promise<RefusedCause[]> {
    return this.database.query(
      `SELECT cause, sum(count)::float8 AS count, max(last_at) AS "lastAt" FROM refused_deliveries
       WHERE period > now() - $1 * interval '1 day' GROUP BY cause ORDER BY max(last_at) DESC`,
      [days],
    );
  }
}

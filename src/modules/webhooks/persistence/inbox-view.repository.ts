import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { sortableNumber, timelineSql, type TimelinePage, type TimelineRow } from 'src/database/timeline';
import type { EventStatus, ProcessedBy } from 'src/modules/webhooks/domain/inbox-event';

/** A row of the inbox without its payload. */
export interface EventSummary {
  readonly id: number;
  readonly eventId: string;
  readonly type: string;
  readonly customerId: string | null;
  readonly status: EventStatus;
  readonly statusReason: string | null;
  readonly attempts: number;
  readonly outages: number;
  readonly crashes: number;
  readonly lastError: string | null;
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly nextAttemptAt: Date;
  readonly processedAt: Date | null;
}

/** A row with everything, its payload included: personal data, for one operator's eyes at a time. */
export interface EventDetail extends EventSummary {
  readonly apiVersion: string | null;
  readonly livemode: boolean;
  readonly objectId: string | null;
  readonly stripeCreatedAt: Date;
  readonly processedBy: ProcessedBy | null;
  /** The body as it was received. */
  readonly payload: string;
}

export interface EventFilter {
  readonly status: EventStatus | undefined;
  readonly type: string | undefined;
  readonly customerId: string | undefined;
  /** Received at or after this moment. */
  readonly since: Date | undefined;
  /** Received before this moment. */
  readonly until: Date | undefined;
  /** Only rows with a smaller id: the next page. */
  readonly before: number | undefined;
  readonly limit: number;
}

/** A received event, dated by when it arrived. */
export interface InboxEntry extends TimelineRow<'webhook_event'> {
  readonly id: number;
  readonly eventId: string;
  readonly type: string;
  readonly customerId: string;
  readonly status: EventStatus;
  readonly statusReason: string | null;
  readonly processedAt: Date | null;
}

const SUMMARY = `id, event_id AS "eventId", type, subject_id AS "customerId", status,
  status_reason AS "statusReason", attempts, outages, crashes, last_error AS "lastError", request_id AS "requestId",
  received_at AS "receivedAt", next_attempt_at AS "nextAttemptAt", processed_at AS "processedAt"`;

const EVENTS = timelineSql({
  kind: 'webhook_event',
  time: 'received_at',
  key: sortableNumber('id'),
  columns: `id, event_id AS "eventId", type, subject_id AS "customerId", status, status_reason AS "statusReason",
    processed_at AS "processedAt"`,
  from: 'webhook_events WHERE subject_id = ANY($1)',
});

type Stored<T> = Omit<T, 'id'> & { id: string };

/** The inbox as an operator sees it. */
@Injectable()
export class InboxViewRepository {
  constructor(private readonly database: Database) {}

  async findRowId(eventId: string): Promise<number | undefined> {
    const row = await this.database.queryOne<{ id: string }>(
      `SELECT id FROM webhook_events WHERE event_id = $1`,
      [eventId],
    );
    return row && Number(row.id);
  }

  async findCustomer(eventId: string): Promise<string | undefined> {
    const row = await this.database.queryOne<{ subject_id: string | null }>(
      `SELECT subject_id FROM webhook_events WHERE event_id = $1`,
      [eventId],
    );
    return row?.subject_id ?? undefined;
  }

  /** How many events of these customers wait for their turn, and how many wait for a person. */
  async countUnfinished(customerIds: readonly string[]): Promise<{ pending: number; dead: number }> {
    const row = await this.database.queryOne<{ pending: string; dead: string }>(
      `SELECT count(*) FILTER (WHERE status = 'pending') AS pending, count(*) FILTER (WHERE status = 'dead') AS dead
       FROM webhook_events WHERE subject_id = ANY($1)`,
      [customerIds],
    );
    return { pending: Number(row?.pending ?? 0), dead: Number(row?.dead ?? 0) };
  }

  /** Both counts stop at a thousand, so that a large backlog does not slow the page that shows it. */
  async countOpen(): Promise<{ pending: number; dead: number }> {
    const row = await this.database.queryOne<{ pending: string; dead: string }>(
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM webhook_events WHERE status = 'pending' LIMIT 1000) p) AS pending,
              (SELECT count(*) FROM (SELECT 1 FROM webhook_events WHERE status = 'dead' LIMIT 1000) d) AS dead`,
    );
    return { pending: Number(row?.pending ?? 0), dead: Number(row?.dead ?? 0) };
  }

  async find(id: number): Promise<EventDetail | undefined> {
    const row = await this.database.queryOne<Stored<EventDetail>>(
      `SELECT ${SUMMARY}, api_version AS "apiVersion", livemode, object_id AS "objectId",
              stripe_created_at AS "stripeCreatedAt", processed_by AS "processedBy", payload
       FROM webhook_events WHERE id = $1`,
      [id],
    );
    return row && { ...row, id };
  }

  /** Newest first. */
  async list({
    status,
    type,
    customerId,
    since,
    until,
    before,
    limit,
  }: EventFilter): Promise<EventSummary[]> {
    const rows = await this.database.query<Stored<EventSummary>>(
      `SELECT ${SUMMARY} FROM webhook_events
       WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR type = $2)
         AND ($3::text IS NULL OR subject_id = $3)
         AND ($4::timestamptz IS NULL OR received_at >= $4) AND ($5::timestamptz IS NULL OR received_at < $5)
         AND ($6::bigint IS NULL OR id < $6)
       ORDER BY id DESC LIMIT $7`,
      [status ?? null, type ?? null, customerId ?? null, since ?? null, until ?? null, before ?? null, limit],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }

  /** Newest first. */
  async listOfCustomers(
    customerIds: readonly string[],
    { before, limit }: TimelinePage,
  ): Promise<InboxEntry[]> {
    const rows = await this.database.query<InboxEntry>(EVENTS, [customerIds, before ?? null, limit]);
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { EventStatus } from './webhook-events.repository';

export const EVENT_STATUSES = [
  'pending',
  'processed',
  'ignored',
  'dead',
  'quarantined',
] as const satisfies readonly EventStatus[];

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

export interface EventFilter {
  readonly status: EventStatus | undefined;
  /** Only rows with a smaller id: the next page. */
  readonly before: number | undefined;
  readonly limit: number;
}

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

  /** How many events of these customers wait for their turn, and how many wait for a person. */
  async countUnfinished(customerIds: readonly string[]): Promise<{ pending: number; dead: number }> {
    const row = await this.database.queryOne<{ pending: string; dead: string }>(
      `SELECT count(*) FILTER (WHERE status = 'pending') AS pending, count(*) FILTER (WHERE status = 'dead') AS dead
       FROM webhook_events WHERE subject_id = ANY($1)`,
      [customerIds],
    );
    return { pending: Number(row?.pending ?? 0), dead: Number(row?.dead ?? 0) };
  }

  /** Newest first. */
  async list({ status, before, limit }: EventFilter): Promise<EventSummary[]> {
    const rows = await this.database.query<Omit<EventSummary, 'id'> & { id: string }>(
      `SELECT id, event_id AS "eventId", type, subject_id AS "customerId", status, status_reason AS "statusReason",
              attempts, outages, crashes, last_error AS "lastError", request_id AS "requestId",
              received_at AS "receivedAt", next_attempt_at AS "nextAttemptAt", processed_at AS "processedAt"
       FROM webhook_events
       WHERE ($1::text IS NULL OR status = $1) AND ($2::bigint IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [status ?? null, before ?? null, limit],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }
}

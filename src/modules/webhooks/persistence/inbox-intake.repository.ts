import { Injectable } from '@nestjs/common';
import { IngestDatabase } from 'src/database/ingest-database';
import { WORK_CHANNEL } from 'src/engine/wake-ups';
import type { EventStatus } from 'src/modules/webhooks/domain/inbox-event';
import type { EventEnvelope, IgnoreReason } from 'src/modules/webhooks/domain/stripe-event';

export interface EventToStore {
  readonly event: EventEnvelope;
  readonly payload: string;
  readonly requestId: string;
  readonly ignoreReason: IgnoreReason | undefined;
  /** A hint follows by itself; the dispatcher leaves the row alone for so long. 0: wake the dispatcher now. */
  readonly hintDelayMs: number;
}

export interface StoredEvent {
  readonly id: number;
  readonly status: EventStatus;
  /** False for a duplicate delivery. */
  readonly inserted: boolean;
}

const INSERT = `
  WITH inserted AS (
    INSERT INTO webhook_events
      (event_id, type, api_version, livemode, subject_id, object_id, stripe_created_at, payload, request_id,
       status, status_reason, processed_at, next_hint_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $10 = 'ignored' THEN now() END,
            now() + $12 * interval '1 millisecond')
    ON CONFLICT (event_id) DO NOTHING
    RETURNING id, status)
  SELECT id::int8, status, true AS inserted,
         CASE WHEN $12 = 0 AND status = 'pending' THEN pg_notify('${WORK_CHANNEL}', id::text) END
  FROM inserted`;

/** The inbox as the web process writes it. */
@Injectable()
export class InboxIntakeRepository {
  constructor(private readonly database: IngestDatabase) {}

  /** Stores an event once. When this returns, the row is committed and a 2xx may be given. */
  async insert({ event, payload, requestId, ignoreReason, hintDelayMs }: EventToStore): Promise<StoredEvent> {
    const row = await this.database.queryOne<StoredEvent>(INSERT, [
      event.id,
      event.type,
      event.apiVersion,
      event.livemode,
      event.customerId,
      event.objectId,
      event.createdAt,
      payload,
      requestId,
      ignoreReason === undefined ? 'pending' : 'ignored',
      ignoreReason ?? null,
      hintDelayMs,
    ]);
    return row === undefined ? this.getDuplicate(event.id) : { ...row, id: Number(row.id) };
  }

  /** Which of these events the inbox does not have. */
  async findUnknown(eventIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT listed.id FROM unnest($1::text[]) AS listed (id)
       WHERE NOT EXISTS (SELECT 1 FROM webhook_events WHERE event_id = listed.id)`,
      [eventIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Keeps a signed body that is not an event, once per content. */
  async quarantine(payload: string, contentHash: string, requestId: string): Promise<void> {
    await this.database.query(
      `INSERT INTO webhook_events
         (event_id, type, livemode, stripe_created_at, payload, request_id, status, status_reason)
       VALUES ($1, 'unknown', false, now(), $2, $3, 'quarantined', 'not_an_event')
       ON CONFLICT (event_id) DO NOTHING`,
      [`unreadable:${contentHash}`, payload, requestId],
    );
  }

  /** The hint could not be given: the dispatcher is to look now. */
  async wakeDispatcher(id: number): Promise<void> {
    await this.database.query(
      `WITH woken AS (UPDATE webhook_events SET next_hint_at = now() WHERE id = $1 AND status = 'pending' RETURNING id)
       SELECT pg_notify('${WORK_CHANNEL}', id::text) FROM woken`,
      [id],
    );
  }

  private async getDuplicate(eventId: string): Promise<StoredEvent> {
    const row = await this.database.queryOne<{ id: string; status: EventStatus }>(
      `SELECT id, status FROM webhook_events WHERE event_id = $1`,
      [eventId],
    );
    if (row === undefined) throw new Error(`event ${eventId} conflicted but is not there`);
    return { id: Number(row.id), status: row.status, inserted: false };
  }
}

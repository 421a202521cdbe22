import { Injectable } from '@nestjs/common';
import type { PreparedStatement } from 'src/database/database';
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

/** The type of each parameter of a row, in the order of `toParameters`. */
const ROW_TYPES = [
  ...['text', 'text', 'text', 'boolean', 'text', 'text', 'timestamptz', 'text', 'text', 'text'],
  'float8',
];

/**
 * One statement for a number of rows, prepared once per connection and number. Values in a list cost less than arrays,
 * which the driver would have to quote and PostgreSQL to parse.
 */
function insertStatement(rows: number): PreparedStatement {
  const values = Array.from({ length: rows }, (_, row) => {
    const parameters = ROW_TYPES.map((type, column) => `$${row * ROW_TYPES.length + column + 1}::${type}`);
    return `(${parameters.join(', ')})`;
  });
  const text = `
  WITH given (event_id, type, api_version, livemode, subject_id, object_id, stripe_created_at, payload, request_id,
              ignore_reason, hint_delay_ms) AS (VALUES ${values.join(', ')}),
  inserted AS (
    INSERT INTO webhook_events
      (event_id, type, api_version, livemode, subject_id, object_id, stripe_created_at, payload, request_id,
       status, status_reason, processed_at, next_hint_at)
    SELECT event_id, type, api_version, livemode, subject_id, object_id, stripe_created_at, payload, request_id,
           CASE WHEN ignore_reason IS NULL THEN 'pending' ELSE 'ignored' END, ignore_reason,
           CASE WHEN ignore_reason IS NOT NULL THEN now() END, now() + hint_delay_ms * interval '1 millisecond'
    FROM given
    ON CONFLICT (event_id) DO NOTHING
    RETURNING id, event_id, status, next_hint_at)
  SELECT id, event_id AS "eventId", status,
         CASE WHEN next_hint_at <= now() AND status = 'pending' THEN pg_notify('${WORK_CHANNEL}', '') END
  FROM inserted`;
  return { name: `insert_webhook_events_${rows}`, text };
}

interface InboxRow {
  readonly id: string;
  readonly eventId: string;
  readonly status: EventStatus;
}

/** The inbox as the web process writes it. */
@Injectable()
export class InboxIntakeRepository {
  private readonly statements: PreparedStatement[] = [];

  constructor(private readonly database: IngestDatabase) {}

  /** Stores an event once. When this returns, the row is committed and a 2xx may be given. */
  async insert(event: EventToStore): Promise<StoredEvent> {
    const [stored] = await this.insertAll([event]);
    if (stored === undefined) throw new Error(`event ${event.event.id} was not stored`);
    return stored;
  }

  /** Stores all events in one commit, each once. Returns one result per event, in the same order. */
  async insertAll(events: readonly EventToStore[]): Promise<StoredEvent[]> {
    // Two groups that hold the same events take their locks in the same order.
    const sorted = events.toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1));
    const statement = (this.statements[events.length] ??= insertStatement(events.length));
    const rows = await this.database.queryPrepared<InboxRow>(statement, sorted.flatMap(toParameters));
    const inserted = new Map(rows.map((row) => [row.eventId, row]));
    const known = await this.listKnown(
      events.map(({ event }) => event.id).filter((eventId) => !inserted.has(eventId)),
    );
    return events.map(({ event: { id: eventId } }) => {
      const row = inserted.get(eventId);
      // The same event twice in one group: the second one is a duplicate.
      if (row !== undefined && !known.has(eventId)) {
        known.set(eventId, row);
        return toStored(row, true);
      }
      const duplicate = known.get(eventId);
      if (duplicate === undefined) throw new Error(`event ${eventId} conflicted but is not there`);
      return toStored(duplicate, false);
    });
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

  /** No hint could be given: the dispatcher is to look now. */
  async wakeDispatcher(ids: readonly number[]): Promise<void> {
    await this.database.query(
      `WITH woken AS (
         UPDATE webhook_events SET next_hint_at = now() WHERE id = ANY($1) AND status = 'pending' RETURNING id)
       SELECT pg_notify('${WORK_CHANNEL}', '') FROM woken LIMIT 1`,
      [ids],
    );
  }

  private async listKnown(eventIds: readonly string[]): Promise<Map<string, InboxRow>> {
    if (eventIds.length === 0) return new Map();
    const rows = await this.database.query<InboxRow>(
      `SELECT id, event_id AS "eventId", status FROM webhook_events WHERE event_id = ANY($1)`,
      [eventIds],
    );
    return new Map(rows.map((row) => [row.eventId, row]));
  }
}

function toParameters({ event, payload, requestId, ignoreReason, hintDelayMs }: EventToStore): unknown[] {
  return [
    event.id,
    event.type,
    event.apiVersion,
    event.livemode,
    event.customerId,
    event.objectId,
    event.createdAt,
    payload,
    requestId,
    ignoreReason ?? null,
    hintDelayMs,
  ];
}

const toStored = ({ id, status }: InboxRow, inserted: boolean): StoredEvent => ({
  id: Number(id),
  status,
  inserted,
});

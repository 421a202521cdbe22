import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { sortableNumber, timelineSql, type TimelinePage, type TimelineRow } from 'src/database/timeline';
import type { EventStatus } from './webhook-events.repository';

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

const EVENTS = timelineSql({
  kind: 'webhook_event',
  time: 'received_at',
  key: sortableNumber('id'),
  columns: `id, event_id AS "eventId", type, subject_id AS "customerId", status, status_reason AS "statusReason",
    processed_at AS "processedAt"`,
  from: 'webhook_events WHERE subject_id = ANY($1)',
});

/** The events of some customers as part of a timeline. */
@Injectable()
export class InboxTimelineRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(customerIds: readonly string[], { before, limit }: TimelinePage): Promise<InboxEntry[]> {
    const rows = await this.database.query<InboxEntry>(EVENTS, [customerIds, before ?? null, limit]);
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }
}

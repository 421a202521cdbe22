import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { EventCursor } from 'src/modules/webhooks/poller/domain/poll-plan';

export interface PollProgress {
  readonly group: number;
  readonly types: readonly string[];
  readonly readUntil: Date;
  /** Undefined: the group is not read completely yet. */
  readonly polledAt: Date | undefined;
  /** Events that no webhook had delivered. */
  readonly missed: number;
}

/** How far each group of event types has been read. */
@Injectable()
export class EventCursorsRepository {
  constructor(private readonly database: Database) {}

  list(): Promise<EventCursor[]> {
    return this.database.query(
      `SELECT group_number AS "group", types, read_until AS "readUntil", polled_at AS "polledAt"
       FROM event_cursors ORDER BY group_number`,
    );
  }

  /** Joins the transaction that proves the lease. A cursor of unchanged types never goes back. */
  async save({ group, types, readUntil, polledAt, missed }: PollProgress): Promise<void> {
    await this.database.query(
      `INSERT INTO event_cursors (group_number, types, read_until, polled_at, missed_events, last_missed_at)
       VALUES ($1, $2, $3, coalesce($4::timestamptz, to_timestamp(0)), $5, CASE WHEN $5::bigint > 0 THEN now() END)
       ON CONFLICT (group_number) DO UPDATE SET types = excluded.types,
         read_until = CASE WHEN event_cursors.types = excluded.types
                           THEN greatest(event_cursors.read_until, excluded.read_until) ELSE excluded.read_until END,
         polled_at = coalesce($4, event_cursors.polled_at),
         missed_events = event_cursors.missed_events + excluded.missed_events,
         last_missed_at = coalesce(excluded.last_missed_at, event_cursors.last_missed_at)`,
      [group, types, readUntil, polledAt ?? null, missed],
    );
  }

  /** Groups from an earlier release, which read more groups. */
  async deleteFrom(group: number): Promise<void> {
    await this.database.query(`DELETE FROM event_cursors WHERE group_number >= $1`, [group]);
  }
}

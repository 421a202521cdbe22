import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { ReplayRow } from './inbox-replay.repository';

/** Events that an operator wants to replay together, the oldest first. */
export interface ReplaySelection {
  readonly status: 'dead' | 'ignored' | 'processed';
  readonly type: string | undefined;
  readonly customerId: string | undefined;
  /** Received at or after this moment. */
  readonly since: Date | undefined;
  /** Received before this moment. */
  readonly until: Date | undefined;
  readonly limit: number;
}

/** Selects rows of the inbox by a filter, for a replay or for its dry run. */
@Injectable()
export class InboxSelectionRepository {
  constructor(private readonly database: Database) {}

  list(selection: ReplaySelection): Promise<ReplayRow[]> {
    return this.select(selection, '');
  }

  /** Rows that another operator is replaying are skipped. Inside a transaction. */
  lock(selection: ReplaySelection): Promise<ReplayRow[]> {
    return this.select(selection, 'FOR UPDATE SKIP LOCKED');
  }

  private async select(selection: ReplaySelection, locking: string): Promise<ReplayRow[]> {
    const { status, type, customerId, since, until, limit } = selection;
    const rows = await this.database.query<Omit<ReplayRow, 'id'> & { id: string }>(
      `SELECT id, event_id AS "eventId", type, subject_id AS "customerId", object_id AS "objectId", status,
              status_reason AS "statusReason"
       FROM webhook_events
       WHERE status = $1 AND ($2::text IS NULL OR type = $2) AND ($3::text IS NULL OR subject_id = $3)
         AND ($4::timestamptz IS NULL OR received_at >= $4) AND ($5::timestamptz IS NULL OR received_at < $5)
       ORDER BY id LIMIT $6 ${locking}`,
      [status, type ?? null, customerId ?? null, since ?? null, until ?? null, limit],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { WORK_CHANNEL } from 'src/engine/wake-ups';
import type { ReplayCandidate } from 'src/modules/webhooks/domain/inbox-replay';

export interface ReplayRow extends ReplayCandidate {
  readonly id: number;
  readonly eventId: string;
  readonly type: string;
}

/** Resets rows to the state after intake. Runs inside the operator's transaction. */
@Injectable()
export class InboxReplayRepository {
  constructor(private readonly database: Database) {}

  async lock(id: number): Promise<ReplayRow | undefined> {
    const row = await this.database.queryOne<Omit<ReplayRow, 'id'>>(
      `SELECT event_id AS "eventId", type, subject_id AS "customerId", object_id AS "objectId", status, status_reason AS "statusReason"
       FROM webhook_events WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row && { ...row, id };
  }

  /** Locks the oldest dead rows; rows that another operator is replaying are skipped. */
  async lockDead(limit: number): Promise<number[]> {
    return this.ids(
      `SELECT id FROM webhook_events WHERE status = 'dead'
       ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`,
      limit,
    );
  }

  async listDead(limit: number): Promise<number[]> {
    return this.ids(`SELECT id FROM webhook_events WHERE status = 'dead' ORDER BY id LIMIT $1`, limit);
  }

  async countDead(): Promise<number> {
    const row = await this.database.queryOne<{ dead: string }>(
      `SELECT count(*) AS dead FROM webhook_events WHERE status = 'dead'`,
    );
    return Number(row?.dead ?? 0);
  }

  /**
   * Makes the rows due now and wakes the dispatcher when the transaction commits. The generation is raised, so that a
   * job left over from an earlier hint neither fits the row nor takes the new hint's place in the queue. `last_error`
   * stays until the row is processed: it says what the replay was for.
   */
  async putBack(ids: readonly number[]): Promise<void> {
    await this.database.query(
      `UPDATE webhook_events SET
         status = 'pending', status_reason = NULL, processed_at = NULL, processed_by = NULL, claimed_fence = NULL,
         attempts = 0, outages = 0, crashes = 0, generation = generation + 1,
         next_attempt_at = now(), next_hint_at = now()
       WHERE id = ANY($1)`,
      [ids],
    );
    await this.database.query(`SELECT pg_notify('${WORK_CHANNEL}', 'replay')`);
  }

  /** Takes rows out of processing. A claim that is under way is void: its result no longer fits the row. */
  async markIgnored(id: number, reason: string): Promise<void> {
    await this.database.query(
      `UPDATE webhook_events SET status = 'ignored', status_reason = $2, processed_at = now(), claimed_fence = NULL,
         generation = generation + 1 WHERE id = $1`,
      [id, reason],
    );
  }

  private async ids(sql: string, limit: number): Promise<number[]> {
    const rows = await this.database.query<{ id: string }>(sql, [limit]);
    return rows.map(({ id }) => Number(id));
  }
}

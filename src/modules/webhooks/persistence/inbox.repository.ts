import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { EventRef, EventStatus, ProcessedBy } from './webhook-events.repository';

/** A row taken for processing under the fence of its subject's lease. */
export interface ClaimedEvent {
  readonly id: number;
  /** Of the lease it was claimed under: a later claim makes this one void. */
  readonly fence: number;
  readonly eventId: string;
  readonly type: string;
  readonly requestId: string;
  /** Failures that were handled; outages do not count. */
  readonly attempts: number;
  readonly outages: number;
  /** Claims that ended without a word: the process died. */
  readonly crashes: number;
}

export interface DueEvent extends EventRef {
  readonly subjectId: string;
}

interface ClaimedRow extends Omit<ClaimedEvent, 'id' | 'fence'> {
  readonly id: string;
}

/** The inbox as workers process it. Schedules, attempts and crash counts live here, so Redis may forget everything. */
@Injectable()
export class InboxRepository {
  constructor(private readonly database: Database) {}

  async find(
    id: number,
  ): Promise<{ subjectId: string | null; generation: number; status: EventStatus } | undefined> {
    return this.database.queryOne(
      `SELECT subject_id AS "subjectId", generation, status FROM webhook_events WHERE id = $1`,
      [id],
    );
  }

  /**
   * Takes every pending event of the subject: the fetch that follows sees at least what they announced. Each claim
   * raises the generation, so a hint given earlier (a stalled job that Bull runs again) no longer fits.
   */
  async claim(subjectId: string, fence: number): Promise<ClaimedEvent[]> {
    const rows = await this.database.query<ClaimedRow>(
      `UPDATE webhook_events SET
         generation = generation + 1, claimed_fence = $2,
         crashes = crashes + CASE WHEN claimed_fence IS NULL THEN 0 ELSE 1 END
       WHERE subject_id = $1 AND status = 'pending'
       RETURNING id, event_id AS "eventId", type, request_id AS "requestId", attempts, outages, crashes`,
      [subjectId, fence],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id), fence })).sort((a, b) => a.id - b.id);
  }

  /** Joins the sync's transaction. */
  async markProcessed(ids: readonly number[], by: ProcessedBy, reason: string | null): Promise<void> {
    await this.database.query(
      `UPDATE webhook_events SET status = CASE WHEN $3::text IS NULL THEN 'processed' ELSE 'ignored' END,
         status_reason = $3, processed_at = now(), processed_by = $2, claimed_fence = NULL, last_error = NULL
       WHERE id = ANY($1) AND status = 'pending'`,
      [ids, by, reason],
    );
  }

  /** A failure that was handled; `retryInMs` undefined means that it was the last one. */
  async recordFailure(failure: {
    event: Pick<ClaimedEvent, 'id' | 'fence'>;
    error: string;
    countsAs: 'attempt' | 'outage' | 'nothing';
    retryInMs: number | undefined;
  }): Promise<void> {
    const { event, error, countsAs, retryInMs } = failure;
    await this.database.query(
      `UPDATE webhook_events SET
         attempts = attempts + CASE WHEN $3 = 'attempt' THEN 1 ELSE 0 END,
         outages = outages + CASE WHEN $3 = 'outage' THEN 1 ELSE 0 END,
         last_error = $2, claimed_fence = NULL,
         status = CASE WHEN $4::float8 IS NULL THEN 'dead' ELSE status END,
         next_attempt_at = now() + coalesce($4::float8, 0) * interval '1 millisecond',
         next_hint_at = now() + coalesce($4::float8, 0) * interval '1 millisecond'
       WHERE id = $1 AND status = 'pending' AND claimed_fence = $5`,
      [event.id, error, countsAs, retryInMs ?? null, event.fence],
    );
  }

  /** What arrived for the subject while its lease was held, and is due. */
  async findDueOfSubject(subjectId: string): Promise<EventRef | undefined> {
    const row = await this.database.queryOne<{ id: string; generation: number }>(
      `SELECT id, generation FROM webhook_events
       WHERE subject_id = $1 AND status = 'pending' AND next_attempt_at <= now() ORDER BY id LIMIT 1`,
      [subjectId],
    );
    return row && { id: Number(row.id), generation: row.generation };
  }

  /** Takes due rows that nobody works on or was told about lately, and leaves them alone for `holdMs`. */
  async takeDue(limit: number, holdMs: number): Promise<DueEvent[]> {
    const rows = await this.database.query<{ id: string; generation: number; subjectId: string }>(
      `UPDATE webhook_events SET next_hint_at = now() + $2 * interval '1 millisecond'
       WHERE id IN (
         SELECT e.id FROM webhook_events e LEFT JOIN subjects s ON s.id = e.subject_id
         WHERE e.status = 'pending' AND e.next_attempt_at <= now() AND e.next_hint_at <= now()
           AND (s.leased_until IS NULL OR s.leased_until <= now())
         ORDER BY e.next_attempt_at LIMIT $1 FOR UPDATE OF e SKIP LOCKED)
       RETURNING id, generation, subject_id AS "subjectId"`,
      [limit, holdMs],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }
}

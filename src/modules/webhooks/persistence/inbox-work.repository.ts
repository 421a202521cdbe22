import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { EventRef } from 'src/modules/webhooks/jobs/event-hints';
import type { EventStatus, ProcessedBy } from 'src/modules/webhooks/domain/inbox-event';

/** A Bull job that waits for a retry is itself the hint; it may be so late before the row counts as unclaimed. */
const RETRY_GRACE_MS = 2500;

/** A row taken for processing under the fence of its subject's lease. */
export interface ClaimedEvent {
  readonly id: number;
  /** Of the lease it was claimed under: a later claim makes this one void. Null while its customer is not known. */
  readonly fence: number | null;
  readonly eventId: string;
  readonly type: string;
  readonly objectId: string | null;
  readonly requestId: string;
  /** Failures that were handled; outages do not count. */
  readonly attempts: number;
  readonly outages: number;
  /** Claims that ended without a word: the process died. */
  readonly crashes: number;
}

export interface Claim {
  /** What was due: a failure of this run counts for these. */
  readonly due: readonly ClaimedEvent[];
  /** Waiting for a later retry: a success covers these too. */
  readonly waiting: readonly Pick<ClaimedEvent, 'id' | 'type' | 'objectId'>[];
}

export type DueEvent = EventRef & {
  /** How often it was taken since it was last claimed: above 1, nobody acted on the hint. */
  readonly hints: number;
} & (DueOfSubject | DueUnassigned);

interface DueOfSubject {
  readonly subjectId: string;
}

/** The customer of its object is not known yet. */
interface DueUnassigned {
  readonly subjectId: null;
}

/** Where a row is on its way. */
export interface InboxState {
  readonly subjectId: string | null;
  readonly status: EventStatus;
  /** Until its next attempt, by the database's clock; negative when due. */
  readonly dueInMs: number;
  /** Attempts and outages so far. */
  readonly failures: number;
  readonly lastError: string | null;
}

type DueRow = Omit<DueEvent, 'id'> & { readonly id: string } & (DueOfSubject | DueUnassigned);

interface ClaimedRow extends Omit<ClaimedEvent, 'id' | 'fence'> {
  readonly id: string;
  readonly due: boolean;
}

/** The inbox as workers process it. Schedules, attempts and crash counts live here, so Redis may forget everything. */
@Injectable()
export class InboxWorkRepository {
  constructor(private readonly database: Database) {}

  async find(id: number): Promise<InboxState | undefined> {
    const [row] = await this.database.queryRepeated<InboxState>(
      `SELECT subject_id AS "subjectId", status, attempts + outages AS failures, last_error AS "lastError",
         (extract(epoch FROM next_attempt_at - now()) * 1000)::float8 AS "dueInMs"
       FROM webhook_events WHERE id = $1`,
      [id],
    );
    return row;
  }

  /**
   * Takes every due event of the subject, and names those that wait for a later retry: the fetch that follows sees at
   * least what any of them announced.
   */
  async claim(subjectId: string, fence: number): Promise<Claim> {
    const rows = await this.database.queryRepeated<ClaimedRow>(
      `UPDATE webhook_events SET
         generation = generation + CASE WHEN next_attempt_at <= now() THEN 1 ELSE 0 END,
         hints = CASE WHEN next_attempt_at <= now() THEN 0 ELSE hints END,
         claimed_fence = CASE WHEN next_attempt_at <= now() THEN $2 ELSE claimed_fence END,
         crashes = crashes + CASE WHEN claimed_fence IS NULL OR next_attempt_at > now() THEN 0 ELSE 1 END
       WHERE subject_id = $1 AND status = 'pending'
       RETURNING id, event_id AS "eventId", type, object_id AS "objectId", request_id AS "requestId",
         attempts, outages, crashes, next_attempt_at <= now() AS due`,
      [subjectId, fence],
    );
    const due = rows
      .filter((row) => row.due)
      .map(({ due: _, ...row }) => ({ ...row, id: Number(row.id), fence }));
    return {
      due: due.sort((a, b) => a.id - b.id),
      waiting: rows
        .filter((row) => !row.due)
        .map(({ id, type, objectId }) => ({ id: Number(id), type, objectId })),
    };
  }

  /** Claims an event whose customer is not known yet. Hides it from the dispatcher while Stripe is asked. */
  async claimUnassigned(id: number): Promise<ClaimedEvent | undefined> {
    const row = await this.database.queryOne<Omit<ClaimedEvent, 'id' | 'fence'>>(
      `UPDATE webhook_events SET generation = generation + 1, hints = 0, next_hint_at = now() + interval '10 seconds'
       WHERE id = $1 AND status = 'pending' AND subject_id IS NULL
       RETURNING event_id AS "eventId", type, object_id AS "objectId", request_id AS "requestId",
         attempts, outages, crashes`,
      [id],
    );
    return row && { ...row, id, fence: null };
  }

  async assignSubject(id: number, subjectId: string): Promise<void> {
    await this.database.query(
      `UPDATE webhook_events SET subject_id = $2, next_hint_at = now() WHERE id = $1 AND subject_id IS NULL`,
      [id, subjectId],
    );
  }

  /** Joins the sync's transaction. */
  async markProcessed(ids: readonly number[], by: ProcessedBy, reason: string | null): Promise<void> {
    await this.database.queryRepeated(
      `UPDATE webhook_events SET status = CASE WHEN $3::text IS NULL THEN 'processed' ELSE 'ignored' END,
         status_reason = $3, processed_at = now(), processed_by = $2, claimed_fence = NULL, last_error = NULL
       WHERE id = ANY($1) AND status = 'pending'`,
      [ids, by, reason],
    );
  }

  /** A failure that was handled, and its row for operators; `retryInMs` undefined means that it was the last one. */
  async recordFailure(failure: {
    event: Pick<ClaimedEvent, 'id' | 'fence'>;
    by: ProcessedBy;
    error: string;
    countsAs: 'attempt' | 'outage' | 'nothing';
    retryInMs: number | undefined;
  }): Promise<void> {
    const { event, by, error, countsAs, retryInMs } = failure;
    const delayedJob = by === 'bull';
    await this.database.query(
      `WITH failed AS (
       UPDATE webhook_events SET
         attempts = attempts + CASE WHEN $3 = 'attempt' THEN 1 ELSE 0 END,
         outages = outages + CASE WHEN $3 = 'outage' THEN 1 ELSE 0 END,
         last_error = $2, claimed_fence = NULL, hints = $6,
         status = CASE WHEN $4::float8 IS NULL THEN 'dead' ELSE status END,
         next_attempt_at = now() + coalesce($4::float8, 0) * interval '1 millisecond',
         next_hint_at = now() + (coalesce($4::float8, 0) + $7) * interval '1 millisecond'
       WHERE id = $1 AND status = 'pending' AND claimed_fence IS NOT DISTINCT FROM $5
       RETURNING id, CASE WHEN status = 'pending' THEN next_attempt_at END AS next_attempt_at)
       INSERT INTO event_attempts (webhook_event_id, counts_as, processed_by, error, next_attempt_at)
       SELECT id, $3, $8, left($2, 2000), next_attempt_at FROM failed`,
      [
        event.id,
        error,
        countsAs,
        retryInMs ?? null,
        event.fence,
        delayedJob ? 1 : 0,
        delayedJob ? RETRY_GRACE_MS : 0,
        by,
      ],
    );
  }

  /** True when something arrived for the subject while its lease was held, and is due. */
  async hasDueOfSubject(subjectId: string): Promise<boolean> {
    const [row] = await this.database.queryRepeated(
      `SELECT 1 AS due FROM webhook_events
       WHERE subject_id = $1 AND status = 'pending' AND next_attempt_at <= now() LIMIT 1`,
      [subjectId],
    );
    return row !== undefined;
  }

  /** Takes due rows that nobody works on or was told about lately, and leaves them alone for `holdMs`. */
  async takeDue(limit: number, holdMs: number): Promise<DueEvent[]> {
    const rows = await this.database.query<DueRow>(
      `UPDATE webhook_events SET hints = hints + 1, next_hint_at = now() + $2 * interval '1 millisecond'
       WHERE id IN (
         SELECT e.id FROM webhook_events e LEFT JOIN subjects s ON s.id = e.subject_id
         WHERE e.status = 'pending' AND e.next_attempt_at <= now() AND e.next_hint_at <= now()
           AND (s.leased_until IS NULL OR s.leased_until <= now())
         ORDER BY e.next_attempt_at LIMIT $1 FOR UPDATE OF e SKIP LOCKED)
       RETURNING id, event_id AS "eventId", type, hints, subject_id AS "subjectId"`,
      [limit, holdMs],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }
}

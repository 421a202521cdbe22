import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { ProcessedBy } from 'src/modules/webhooks/domain/inbox-event';

/** A failed attempt to process an event. */
export interface FailedAttempt {
  readonly failedAt: Date;
  /** What it used up: an attempt, nothing because a dependency was unavailable, or nothing because the lease was lost. */
  readonly countsAs: 'attempt' | 'outage' | 'nothing';
  readonly processedBy: ProcessedBy;
  readonly error: string;
  /** Null after the last attempt. */
  readonly nextAttemptAt: Date | null;
}

/** An outage of hours leaves many rows; the newest ones say enough. */
const MOST = 100;

/** The failed attempts of events, as an operator sees them. */
@Injectable()
export class EventAttemptsRepository {
  constructor(private readonly database: Database) {}

  /** The newest hundred, newest first. */
  list(eventRowId: number): Promise<FailedAttempt[]> {
    return this.database.query<FailedAttempt>(
      `SELECT failed_at AS "failedAt", counts_as AS "countsAs", processed_by AS "processedBy", error,
              next_attempt_at AS "nextAttemptAt"
       FROM event_attempts WHERE webhook_event_id = $1 ORDER BY id DESC LIMIT ${MOST}`,
      [eventRowId],
    );
  }
}

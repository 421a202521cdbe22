import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { AlertClass, Detected } from 'src/modules/alerts/domain/alert-classes';

export interface StoredAlert extends Detected {
  readonly id: number;
  readonly openedAt: Date;
  readonly lastSeenAt: Date;
  readonly closedAt: Date | null;
}

export interface UnsentAlert extends StoredAlert {
  readonly change: 'opened' | 'closed';
}

const COLUMNS = `id::float8 AS id, alert, incident_key AS key, reason, opened_at AS "openedAt",
  last_seen_at AS "lastSeenAt", closed_at AS "closedAt"`;

/** Incidents. Times are those of the process that evaluates; one process does. */
@Injectable()
export class AlertsRepository {
  constructor(private readonly database: Database) {}

  listOpen(): Promise<StoredAlert[]> {
    return this.database.query(`SELECT ${COLUMNS} FROM alerts WHERE closed_at IS NULL ORDER BY alerts.id`);
  }

  /** Undefined when the incident is open already. */
  async open({ alert, key, reason }: Detected, now: Date): Promise<StoredAlert | undefined> {
    return this.database.queryOne<StoredAlert>(
      `INSERT INTO alerts (alert, incident_key, reason, opened_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)
       ON CONFLICT (alert, incident_key) WHERE closed_at IS NULL DO NOTHING RETURNING ${COLUMNS}`,
      [alert, key, reason, now],
    );
  }

  async markSeen(id: number, reason: string, now: Date): Promise<void> {
    await this.database.query(`UPDATE alerts SET last_seen_at = $3, reason = $2 WHERE id = $1`, [
      id,
      reason,
      now,
    ]);
  }

  async close(id: number, now: Date): Promise<void> {
    await this.database.query(`UPDATE alerts SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL`, [
      id,
      now,
    ]);
  }

  /** What the webhook has not received yet, oldest first. */
  listUnsent(limit: number): Promise<UnsentAlert[]> {
    return this.database.query(
      `SELECT ${COLUMNS}, CASE WHEN opened_sent_at IS NULL THEN 'opened' ELSE 'closed' END AS change FROM alerts
       WHERE opened_sent_at IS NULL OR (closed_at IS NOT NULL AND closed_sent_at IS NULL)
       ORDER BY alerts.id LIMIT $1`,
      [limit],
    );
  }

  async markSent(id: number, change: 'opened' | 'closed'): Promise<void> {
    const column = change === 'opened' ? 'opened_sent_at' : 'closed_sent_at';
    await this.database.query(`UPDATE alerts SET ${column} = now() WHERE id = $1`, [id]);
  }

  /** Newest first. */
  list(limit: number, alert?: AlertClass): Promise<StoredAlert[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM alerts WHERE ($2::text IS NULL OR alert = $2) ORDER BY alerts.id DESC LIMIT $1`,
      [limit, alert ?? null],
    );
  }
}

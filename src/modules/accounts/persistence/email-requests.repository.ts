import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface EmailRequestRow {
  readonly id: string;
  readonly content: Buffer;
}

/** Requests that wait for the worker. All times are the database's. */
@Injectable()
export class EmailRequestsRepository {
  constructor(private readonly database: Database) {}

  async add(id: string, content: Buffer): Promise<void> {
    await this.database.query(
      `WITH added AS (INSERT INTO auth_email_requests (id, content) VALUES ($1, $2))
       SELECT pg_notify('email_requests', '')`,
      [id, content],
    );
  }

  /** Due requests that no process is working on. One that is not deleted in time becomes due again. */
  claim(limit: number, leaseSeconds: number): Promise<EmailRequestRow[]> {
    return this.database.query<EmailRequestRow>(
      `UPDATE auth_email_requests SET next_attempt_at = clock_timestamp() + make_interval(secs => $2)
        WHERE id IN (SELECT id FROM auth_email_requests WHERE next_attempt_at <= clock_timestamp()
                      ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING id, content`,
      [limit, leaseSeconds],
    );
  }

  /** False when another process was faster. Joins an open transaction. */
  async delete(id: string): Promise<boolean> {
    const rows = await this.database.query('DELETE FROM auth_email_requests WHERE id = $1 RETURNING id', [
      id,
    ]);
    return rows.length === 1;
  }

  /** Nobody waits that long for an email. */
  async deleteOlderThan(minutes: number): Promise<void> {
    await this.database.query(
      'DELETE FROM auth_email_requests WHERE created_at < now() - make_interval(mins => $1)',
      [minutes],
    );
  }
}

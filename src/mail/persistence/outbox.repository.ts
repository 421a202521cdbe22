import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** An email that this process has claimed and must settle or retry. */
export interface ClaimedEmail {
  readonly id: string;
  readonly key: string;
  readonly content: Buffer;
  /** Including this claim. A later claim has another number, which invalidates this one. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly isExpired: boolean;
}

export interface NewEmail {
  readonly key: string;
  readonly userId: string | null;
  /** Encrypted. */
  readonly content: Buffer;
  readonly lifeMinutes: number | undefined;
}

/** Emails to deliver. All times are the database's. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  /** False when the key exists already. Joins an open transaction, and wakes the delivery on commit. */
  async add({ key, userId, content, lifeMinutes }: NewEmail): Promise<boolean> {
    const rows = await this.database.query(
      `WITH added AS (
         INSERT INTO outbox (key, content, expires_at, user_id)
         VALUES ($1, $2, now() + make_interval(mins => $3), $4)
         ON CONFLICT ON CONSTRAINT outbox_key_key DO NOTHING
         RETURNING id
       )
       SELECT pg_notify('outbox', '') FROM added`,
      [key, content, lifeMinutes ?? null, userId],
    );
    return rows.length === 1;
  }

  /** Those of the keys that were added before, whether or not their email was sent. */
  async findKnown(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ key: string }>('SELECT key FROM outbox WHERE key = ANY($1)', [
      keys,
    ]);
    return new Set(rows.map(({ key }) => key));
  }

  /** Claims due emails that no process is sending. A claim that is not settled in time expires. */
  async claim(limit: number, leaseSeconds: number): Promise<ClaimedEmail[]> {
    return this.database.query<ClaimedEmail>(
      `UPDATE outbox SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $2)
       WHERE id IN (
         SELECT id FROM outbox WHERE status = 'pending' AND next_attempt_at <= now()
         ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, key, content, attempts, created_at AS "createdAt",
                 coalesce(expires_at <= now(), false) AS "isExpired"`,
      [limit, leaseSeconds],
    );
  }

  /** Forgets the content. Changes nothing when the claim is void. */
  async settle({ id, attempts }: ClaimedEmail, status: 'sent' | 'dead', error?: string): Promise<void> {
    await this.database.query(
      `UPDATE outbox SET status = $3, content = NULL, settled_at = now(), last_error = $4
       WHERE id = $1 AND attempts = $2 AND status = 'pending'`,
      [id, attempts, status, error ?? null],
    );
  }

  /** Changes nothing when the claim is void. */
  async retryLater({ id, attempts }: ClaimedEmail, inMs: number, error: string): Promise<void> {
    await this.database.query(
      `UPDATE outbox SET next_attempt_at = now() + $3 * interval '1 millisecond', last_error = $4
       WHERE id = $1 AND attempts = $2 AND status = 'pending'`,
      [id, attempts, inMs, error],
    );
  }

  /** `dead`: of the last day. `oldestDueMs`: since the oldest waiting email was added; null when none waits. */
  async readSigns(): Promise<{ dead: number; oldestDueMs: number | null }> {
    const row = await this.database.queryOne<{ dead: number; oldestDueMs: number | null }>(
      `SELECT (SELECT count(*)::int FROM outbox WHERE status = 'dead' AND settled_at > now() - interval '1 day') AS dead,
         (SELECT (extract(epoch FROM now() - min(created_at)) * 1000)::float8 FROM outbox
          WHERE status = 'pending' AND next_attempt_at <= now() + interval '10 minutes') AS "oldestDueMs"`,
    );
    return row ?? { dead: 0, oldestDueMs: null };
  }
}

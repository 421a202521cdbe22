import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { FenceLostError, type Lease } from 'src/engine/lease';
import { WORK_CHANNEL } from 'src/engine/wake-ups';

export interface DueSync {
  readonly subjectId: string;
  /** Identifies the request: the number of requests made so far. */
  readonly requested: number;
  /** How often it was taken since it was asked for or last tried: above 1, no worker acted on the hint. */
  readonly hints: number;
}

export interface OwnedSubject {
  readonly id: string;
  readonly lastSyncedAt: Date | null;
  /** Syncs that failed in a row. */
  readonly syncFailures: number;
}

/** Leases and sync requests per subject. All times are the database's: clocks of processes differ and step. */
@Injectable()
export class SubjectsRepository {
  constructor(private readonly database: Database) {}

  /** Claims the lease unless it is in force elsewhere. Creates a new subject. */
  async acquire(subjectId: string, owner: string, ttlMs: number): Promise<Lease | undefined> {
    const [row] = await this.database.queryRepeated<{ fence: string; sync_requested: string }>(
      `INSERT INTO subjects (id, fence, lease_owner, leased_until)
       VALUES ($1, 1, $2, now() + $3 * interval '1 millisecond')
       ON CONFLICT (id) DO UPDATE SET
         fence = subjects.fence + 1, lease_owner = excluded.lease_owner, leased_until = excluded.leased_until
       WHERE subjects.leased_until IS NULL OR subjects.leased_until <= now()
       RETURNING fence, sync_requested`,
      [subjectId, owner, ttlMs],
    );
    return row && { subjectId, fence: Number(row.fence), syncRequested: Number(row.sync_requested) };
  }

  async renew({ subjectId, fence }: Lease, ttlMs: number): Promise<void> {
    await this.database.query(
      `UPDATE subjects SET leased_until = now() + $3 * interval '1 millisecond'
       WHERE id = $1 AND fence = $2 AND leased_until IS NOT NULL`,
      [subjectId, fence, ttlMs],
    );
  }

  async release({ subjectId, fence }: Lease): Promise<void> {
    await this.database.queryRepeated(
      `UPDATE subjects SET leased_until = NULL, lease_owner = NULL WHERE id = $1 AND fence = $2`,
      [subjectId, fence],
    );
  }

  /** Inside a transaction: locks the subject and proves that the lease is still ours. Throws FenceLostError. */
  async assertFence({ subjectId, fence }: Lease): Promise<void> {
    const [row] = await this.database.queryRepeated<{ fence: string }>(
      `SELECT fence FROM subjects WHERE id = $1 FOR UPDATE`,
      [subjectId],
    );
    if (Number(row?.fence) !== fence) throw new FenceLostError(subjectId);
  }

  /** Inside the sync's transaction: the requests that existed when it began are served. */
  async markSynced({ subjectId, syncRequested }: Lease): Promise<void> {
    await this.database.queryRepeated(
      `UPDATE subjects SET sync_served = greatest(sync_served, $2), sync_failures = 0, sync_hints = 0, last_synced_at = now()
       WHERE id = $1`,
      [subjectId, syncRequested],
    );
  }

  /** Requests a sync without an event. At most one request is open, and one per `minIntervalMs` is made. */
  async requestSync(subjectId: string, minIntervalMs: number): Promise<void> {
    await this.database.query(
      `WITH asked AS (
         INSERT INTO subjects (id, sync_requested) VALUES ($1, 1)
         ON CONFLICT (id) DO UPDATE SET sync_requested = subjects.sync_requested + 1, sync_hints = 0, next_sync_at = now()
         WHERE subjects.sync_requested = subjects.sync_served
           AND (subjects.last_synced_at IS NULL OR subjects.last_synced_at < now() - $2 * interval '1 millisecond')
         RETURNING id)
       SELECT pg_notify('${WORK_CHANNEL}', id) FROM asked`,
      [subjectId, minIntervalMs],
    );
  }

  /** Inside the sync's transaction: a request beyond those that this sync serves. */
  async requestAnotherSync(subjectId: string, pauseMs: number): Promise<void> {
    await this.database.query(
      `UPDATE subjects SET sync_requested = sync_requested + 1, sync_hints = 0,
         next_sync_at = now() + $2 * interval '1 millisecond' WHERE id = $1`,
      [subjectId, pauseMs],
    );
  }

  /** Returns up to `limit` due requests of subjects without a lease, and hides them for `holdMs`. */
  async takeDueSyncs(limit: number, holdMs: number): Promise<DueSync[]> {
    const rows = await this.database.query<{ id: string; sync_requested: string; sync_hints: number }>(
      `UPDATE subjects SET sync_hints = sync_hints + 1, next_sync_at = now() + $2 * interval '1 millisecond'
       WHERE id IN (
         SELECT id FROM subjects
         WHERE sync_requested > sync_served AND next_sync_at <= now()
           AND (leased_until IS NULL OR leased_until <= now())
         ORDER BY next_sync_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, sync_requested, sync_hints`,
      [limit, holdMs],
    );
    return rows.map(({ id, sync_requested, sync_hints }) => ({
      subjectId: id,
      requested: Number(sync_requested),
      hints: sync_hints,
    }));
  }

  /** A sync failed: an open request is retried later, after up to ten minutes, until it succeeds. */
  async postponeSync(subjectId: string): Promise<void> {
    await this.database.query(
      `UPDATE subjects SET sync_failures = sync_failures + 1, sync_hints = 0,
         next_sync_at = now() + least(power(2, least(sync_failures, 10)), 600) * (0.5 + random() / 2) * interval '1 second'
       WHERE id = $1`,
      [subjectId],
    );
  }

  async findOwner(subjectId: string): Promise<string | undefined> {
    const [row] = await this.database.queryRepeated<{ user_id: string | null }>(
      `SELECT user_id FROM subjects WHERE id = $1`,
      [subjectId],
    );
    return row?.user_id ?? undefined;
  }

  findOwners(subjectIds: readonly string[]): Promise<{ id: string; userId: string }[]> {
    return this.database.query(
      `SELECT id, user_id AS "userId" FROM subjects WHERE id = ANY($1) AND user_id IS NOT NULL`,
      [subjectIds],
    );
  }

  async setOwner(subjectId: string, ownerId: string): Promise<void> {
    await this.database.query(`UPDATE subjects SET user_id = $2 WHERE id = $1`, [subjectId, ownerId]);
  }

  listOwned(ownerId: string): Promise<OwnedSubject[]> {
    return this.database.query(
      `SELECT id, last_synced_at AS "lastSyncedAt", sync_failures AS "syncFailures" FROM subjects
       WHERE user_id = $1 ORDER BY id`,
      [ownerId],
    );
  }

  async lockOwned(ownerId: string, alsoId: string | null): Promise<void> {
    await this.database.query(
      `SELECT id FROM subjects WHERE user_id = $1 OR id = $2 ORDER BY id FOR UPDATE`,
      [ownerId, alsoId],
    );
  }
}

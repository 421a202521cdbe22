import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { DeletedRows } from 'src/modules/retention/domain/retention-policy';

/** Names the lock among the advisory locks of the database. */
const LOCK = 5_118_210;

/** Deletes by the policy. The texts of a policy are constants of the code, never input. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** Deletes up to `limit` rows. Returns how many; undefined while another process is deleting. Skips locked rows. */
  deleteSome({ table, isOver }: DeletedRows, limit: number): Promise<number | undefined> {
    return this.database.transaction(async () => {
      const lock = await this.database.queryOne<{ held: boolean }>(
        'SELECT pg_try_advisory_xact_lock($1) AS held',
        [LOCK],
      );
      if (lock?.held !== true) return undefined;
      const deleted = await this.database.query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM ${table} WHERE ${isOver} LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING 1`,
        [limit],
      );
      return deleted.length;
    });
  }
}

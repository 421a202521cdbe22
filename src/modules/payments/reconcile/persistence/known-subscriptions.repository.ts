import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { KnownSubscription } from 'src/modules/payments/reconcile/domain/drift';

export interface SyncedSubscription extends KnownSubscription {
  readonly syncedAt: Date;
}

const COLUMNS = `id, customer_id AS "customerId", user_id AS "userId", status,
  current_period_end AS "currentPeriodEnd", cancel_at AS "cancelAt", synced_at AS "syncedAt"`;

/** The stored subscriptions, as a sweep compares them. */
@Injectable()
export class KnownSubscriptionsRepository {
  constructor(private readonly database: Database) {}

  async findMany(ids: readonly string[]): Promise<Map<string, SyncedSubscription>> {
    const rows = await this.database.query<SyncedSubscription>(
      `SELECT ${COLUMNS} FROM subscriptions WHERE id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Those that have not ended, in pages by id. */
  listLive(afterId: string, limit: number): Promise<SyncedSubscription[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM subscriptions
       WHERE status NOT IN ('canceled', 'incomplete_expired') AND id > $1 ORDER BY id LIMIT $2`,
      [afterId, limit],
    );
  }

  /** The database's clock: what was synced later is newer than what a sweep has read. */
  async now(): Promise<Date> {
    const row = await this.database.queryOne<{ now: Date }>(`SELECT clock_timestamp() AS now`);
    if (row === undefined) throw new Error('SELECT returned no row');
    return row.now;
  }
}

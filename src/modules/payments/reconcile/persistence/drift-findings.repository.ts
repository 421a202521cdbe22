import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { Drift } from 'src/modules/payments/reconcile/domain/drift';

export interface DriftFinding extends Drift {
  readonly id: number;
  readonly foundAt: Date;
  readonly lastSeenAt: Date;
  readonly repairRequestedAt: Date | null;
  readonly resolvedAt: Date | null;
}

const COLUMNS = `id::float8 AS id, kind, customer_id AS "customerId", subscription_id AS "subscriptionId",
  user_id AS "userId", here, there, found_at AS "foundAt", last_seen_at AS "lastSeenAt",
  repair_requested_at AS "repairRequestedAt", resolved_at AS "resolvedAt"`;

/** One open row per difference, however many sweeps find it. */
@Injectable()
export class DriftFindingsRepository {
  constructor(private readonly database: Database) {}

  /** Makes the open rows equal to what a complete sweep found. Joins the transaction that proves the lease. */
  async replaceOpen(found: readonly Drift[]): Promise<void> {
    await this.database.query(
      `WITH found AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS f (kind text, "customerId" text, "subscriptionId" text,
           "userId" uuid, here text, there text)),
       matched AS (
         UPDATE drift_findings d SET last_seen_at = now(), here = f.here, there = f.there FROM found f
         WHERE d.resolved_at IS NULL AND d.kind = f.kind AND d.customer_id = f."customerId"
           AND d.subscription_id IS NOT DISTINCT FROM f."subscriptionId"
         RETURNING d.id, d.kind, d.customer_id, d.subscription_id),
       resolved AS (
         UPDATE drift_findings SET resolved_at = now()
         WHERE resolved_at IS NULL AND id NOT IN (SELECT id FROM matched))
       INSERT INTO drift_findings (kind, customer_id, subscription_id, user_id, here, there)
       SELECT kind, "customerId", "subscriptionId", "userId", here, there FROM found f
       WHERE NOT EXISTS (SELECT 1 FROM matched m WHERE m.kind = f.kind AND m.customer_id = f."customerId"
         AND m.subscription_id IS NOT DISTINCT FROM f."subscriptionId")`,
      [JSON.stringify(found)],
    );
  }

  /** Oldest first. */
  listOpen(limit: number): Promise<DriftFinding[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM drift_findings WHERE resolved_at IS NULL ORDER BY id LIMIT $1`,
      [limit],
    );
  }

  async countOpen(): Promise<number> {
    const row = await this.database.queryOne<{ open: number }>(
      `SELECT count(*)::int AS open FROM drift_findings WHERE resolved_at IS NULL`,
    );
    return row?.open ?? 0;
  }

  async markRepairRequested(customerIds: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE drift_findings SET repair_requested_at = now() WHERE resolved_at IS NULL AND customer_id = ANY($1)`,
      [customerIds],
    );
  }

  async resolve(ids: readonly number[]): Promise<void> {
    await this.database.query(`UPDATE drift_findings SET resolved_at = now() WHERE id = ANY($1)`, [ids]);
  }
}

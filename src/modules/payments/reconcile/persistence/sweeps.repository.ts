import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface SweepCounts {
  readonly subscriptions: number;
  readonly customers: number;
  readonly requests: number;
  readonly found: number;
  readonly repairs: number;
}

/** `not_repaired`: so much differs that the key probably belongs to another account. */
export type SweepOutcome = 'running' | 'done' | 'not_repaired' | 'failed';

export interface SweepRow extends SweepCounts {
  readonly id: number;
  readonly dryRun: boolean;
  readonly outcome: SweepOutcome;
  /** Business time. */
  readonly startedAt: Date;
  readonly durationMs: number | null;
  readonly error: string | null;
}

const KEPT = 400;

/** How the latest sweeps went. */
@Injectable()
export class SweepsRepository {
  constructor(private readonly database: Database) {}

  async start(dryRun: boolean, startedAt: Date): Promise<number> {
    const row = await this.database.queryOne<{ id: string }>(
      `INSERT INTO sweeps (dry_run, outcome, started_at) VALUES ($1, 'running', $2) RETURNING id`,
      [dryRun, startedAt],
    );
    const id = Number(row?.id);
    await this.database.query(`DELETE FROM sweeps WHERE id <= $1`, [id - KEPT]);
    return id;
  }

  async finish(
    id: number,
    sweep: SweepCounts & { outcome: SweepOutcome; durationMs: number; error: string | null },
  ): Promise<void> {
    await this.database.query(
      `UPDATE sweeps SET outcome = $2, duration_ms = $3, subscriptions = $4, customers = $5, requests = $6,
         found = $7, repairs = $8, error = $9 WHERE id = $1`,
      [
        id,
        sweep.outcome,
        Math.round(sweep.durationMs),
        sweep.subscriptions,
        sweep.customers,
        sweep.requests,
        sweep.found,
        sweep.repairs,
        sweep.error,
      ],
    );
  }

  /** Newest first. */
  list(limit: number): Promise<SweepRow[]> {
    return this.database.query(
      `SELECT id::float8 AS id, dry_run AS "dryRun", outcome, started_at AS "startedAt",
         duration_ms AS "durationMs", subscriptions, customers, requests, found, repairs, error
       FROM sweeps ORDER BY sweeps.id DESC LIMIT $1`,
      [limit],
    );
  }

  /** Business time of the latest sweep that compared everything and repaired what it could. */
  async findLastComplete(): Promise<Date | undefined> {
    const row = await this.database.queryOne<{ started_at: Date }>(
      `SELECT started_at FROM sweeps WHERE outcome IN ('done', 'not_repaired') AND NOT dry_run
       ORDER BY id DESC LIMIT 1`,
    );
    return row?.started_at;
  }
}

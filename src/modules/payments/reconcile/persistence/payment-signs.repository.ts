import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface StoredPaymentSigns {
  readonly openDisputes: readonly string[];
  /** Open findings without doubles. */
  readonly drift: number;
  readonly doubles: number;
}

/** What needs a person's eye in the tables of payments. */
@Injectable()
export class PaymentSignsRepository {
  constructor(private readonly database: Database) {}

  async read(): Promise<StoredPaymentSigns> {
    const row = await this.database.queryOne<StoredPaymentSigns>(
      `SELECT (SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM disputes WHERE status = 'open') AS "openDisputes",
         count(*) FILTER (WHERE kind <> 'double')::int AS drift, count(*) FILTER (WHERE kind = 'double')::int AS doubles
       FROM drift_findings WHERE resolved_at IS NULL`,
    );
    if (row === undefined) throw new Error('SELECT returned no row');
    return row;
  }
}

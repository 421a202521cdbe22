import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { DisputeStatus } from 'src/modules/payments/domain/dispute';

export interface DisputeToStore {
  readonly id: string;
  readonly invoiceId: string;
  readonly userId: string;
  readonly status: DisputeStatus;
  readonly createdAt: Date;
}

/** Writes of disputes; the access rule reads them as facts. */
@Injectable()
export class DisputesRepository {
  constructor(private readonly database: Database) {}

  /** Joins the sync's transaction. */
  async save({ id, invoiceId, userId, status, createdAt }: DisputeToStore): Promise<void> {
    await this.database.query(
      `INSERT INTO disputes (id, invoice_id, user_id, status, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET status = excluded.status`,
      [id, invoiceId, userId, status, createdAt],
    );
  }
}

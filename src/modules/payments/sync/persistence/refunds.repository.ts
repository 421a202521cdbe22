import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface RefundsToStore {
  readonly userId: string;
  readonly invoiceId: string;
  readonly refunds: readonly {
    readonly id: string;
    readonly status: string;
    readonly amountMinor: number;
    readonly createdAt: Date;
  }[];
  /** The succeeded refunds together return all that the invoice collected. */
  readonly full: boolean;
}

/** Writes of refunds; the access rule reads them as facts. */
@Injectable()
export class RefundsRepository {
  constructor(private readonly database: Database) {}

  /** Joins the sync's transaction. A refund that fails later is kept with its status and no longer counts as full. */
  async saveOfInvoice({ userId, invoiceId, refunds, full }: RefundsToStore): Promise<void> {
    for (const { id, status, amountMinor, createdAt } of refunds) {
      await this.database.query(
        `INSERT INTO refunds (id, invoice_id, user_id, status, amount_minor, is_full, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, amount_minor = excluded.amount_minor,
           is_full = excluded.is_full`,
        [id, invoiceId, userId, status, amountMinor, full && status === 'succeeded', createdAt],
      );
    }
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface StoredReturns {
  readonly payments: readonly {
    readonly paymentIntentId: string;
    readonly invoiceId: string;
    readonly refundedMinor: number;
    readonly disputed: boolean;
  }[];
  /** Disputes that the bank has not decided. */
  readonly undecidedDisputes: readonly string[];
  /** Invoices with a refund that may still fail or succeed. */
  readonly undecidedInvoices: readonly string[];
}

/** What is known of returned money. */
@Injectable()
export class ReturnedMoneyRepository {
  constructor(private readonly database: Database) {}

  async load(userId: string): Promise<StoredReturns> {
    const row = await this.database.queryOne<{ [K in keyof StoredReturns]: StoredReturns[K] | null }>(
      `SELECT
         (SELECT json_agg(json_build_object('paymentIntentId', payment_intent_id, 'invoiceId', invoice_id,
            'refundedMinor', refunded_minor, 'disputed', disputed))
          FROM payments WHERE user_id = $1 AND payment_intent_id IS NOT NULL) AS payments,
         (SELECT json_agg(id) FROM disputes WHERE user_id = $1 AND status IN ('open', 'inquiry')) AS "undecidedDisputes",
         (SELECT json_agg(DISTINCT invoice_id) FROM refunds
          WHERE user_id = $1 AND status IN ('pending', 'requires_action')) AS "undecidedInvoices"`,
      [userId],
    );
    return {
      payments: row?.payments ?? [],
      undecidedDisputes: row?.undecidedDisputes ?? [],
      undecidedInvoices: row?.undecidedInvoices ?? [],
    };
  }
}

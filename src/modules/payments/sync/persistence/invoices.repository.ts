import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { INVOICE_LINES, INVOICES, PAYMENTS } from 'src/modules/payments/access/persistence/invoice.columns';
import type { ChargeSnapshot, InvoiceListing } from 'src/modules/payments/domain/invoice';

export interface InvoicesToStore {
  readonly userId: string;
  readonly customerId: string;
  readonly listing: InvoiceListing;
}

/** Writes the record of money; the access rule, invoices and revenue read it. */
@Injectable()
export class InvoicesRepository {
  constructor(private readonly database: Database) {}

  /**
   * From when on invoices may differ from what is stored: the oldest that is not final (paid and void are), or the
   * newest. A day of margin covers an invoice that was made while another was being read. Null: nothing is stored.
   */
  async findUnsettledSince(customerId: string): Promise<Date | null> {
    const row = await this.database.queryOne<{ since: Date | null }>(
      `SELECT least(min(created_at) FILTER (WHERE status NOT IN ('paid', 'void')), max(created_at))
         - interval '1 day' AS since
       FROM invoices WHERE customer_id = $1`,
      [customerId],
    );
    return row?.since ?? null;
  }

  /** Joins the sync's transaction. A draft that Stripe no longer lists was deleted there, and so was a line. */
  async save({ userId, customerId, listing: { since, invoices, charges } }: InvoicesToStore): Promise<void> {
    const ids = invoices.map(({ id }) => id);
    await this.database.query(
      `DELETE FROM invoices WHERE customer_id = $1 AND status = 'draft'
         AND ($2::timestamptz IS NULL OR created_at >= $2) AND NOT id = ANY($3)`,
      [customerId, since, ids],
    );
    const lines = invoices.flatMap((invoice) =>
      invoice.lines.map((line) => ({ ...line, invoiceId: invoice.id })),
    );
    const payments = invoices.flatMap(({ id: invoiceId, currency, payments: ofInvoice }) =>
      ofInvoice.map((payment) => ({ ...payment, invoiceId, userId, currency })),
    );
    const records = invoices.map((invoice) => ({ ...invoice, userId, customerId }));
    await this.database.query(INVOICES.upsert, [INVOICES.toRows(records)]);
    await this.database.query(`DELETE FROM invoice_lines WHERE invoice_id = ANY($1) AND NOT id = ANY($2)`, [
      ids,
      lines.map(({ id }) => id),
    ]);
    await this.database.query(INVOICE_LINES.upsert, [INVOICE_LINES.toRows(lines)]);
    await this.database.query(PAYMENTS.upsert, [PAYMENTS.toRows(payments)]);
    await this.updateCharges(userId, charges);
  }

  /** A refund, a dispute or a fee reaches payments whose invoice was settled long ago. */
  private async updateCharges(userId: string, charges: readonly ChargeSnapshot[]): Promise<void> {
    await this.database.query(
      `UPDATE payments SET refunded_minor = charge."refundedMinor", disputed = charge.disputed,
         fee_minor = coalesce(charge."feeMinor", fee_minor)
       FROM jsonb_to_recordset($2::jsonb)
         AS charge(id text, "refundedMinor" bigint, disputed boolean, "feeMinor" bigint)
       WHERE payments.user_id = $1 AND payments.charge_id = charge.id
         AND (payments.refunded_minor, payments.disputed, payments.fee_minor) IS DISTINCT FROM
           (charge."refundedMinor", charge.disputed, coalesce(charge."feeMinor", payments.fee_minor))`,
      [userId, JSON.stringify(charges)],
    );
  }
}

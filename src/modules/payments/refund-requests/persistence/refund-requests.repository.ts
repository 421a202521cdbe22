import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type {
  RefundableInvoice,
  RefundRequest,
  RefundRequestStatus,
} from 'src/modules/payments/refund-requests/domain/refund-request';

export interface NewRefundRequest {
  readonly userId: string;
  readonly invoice: RefundableInvoice;
  readonly reason: string;
  readonly createdAt: Date;
}

/** A payment of an invoice that still holds money. */
export interface RefundablePayment {
  readonly id: string;
  readonly paymentIntentId: string;
}

const COLUMNS = `id, user_id AS "userId", invoice_id AS "invoiceId", invoice_number AS "invoiceNumber",
  amount_minor::float8 AS "amountMinor", currency, reason, status, created_at AS "createdAt",
  decided_at AS "decidedAt", decline_reason AS "declineReason"`;

/** Requests for refunds, and the invoices that they are about. Joins an open transaction. */
@Injectable()
export class RefundRequestsRepository {
  constructor(private readonly database: Database) {}

  /** Blocks other requests of the user until the transaction ends. */
  async lockUser(userId: string): Promise<void> {
    await this.database.query(`SELECT id FROM users WHERE id = $1 FOR UPDATE`, [userId]);
  }

  /** Paid invoices of the user with money left, the newest first; `invoice` is an id or a number. */
  findRefundable(userId: string, invoice?: string): Promise<RefundableInvoice | undefined> {
    return this.database.queryOne<RefundableInvoice>(
      `SELECT i.id, i.number, i.currency, sum(p.amount_minor - p.refunded_minor)::float8 AS "refundableMinor"
       FROM invoices i JOIN payments p ON p.invoice_id = i.id AND p.status = 'paid'
       WHERE i.user_id = $1 AND i.status = 'paid' AND ($2::text IS NULL OR i.id = $2 OR i.number = $2)
       GROUP BY i.id HAVING sum(p.amount_minor - p.refunded_minor) > 0
       ORDER BY i.created_at DESC LIMIT 1`,
      [userId, invoice ?? null],
    );
  }

  findRefundablePayments(invoiceId: string): Promise<RefundablePayment[]> {
    return this.database.query<RefundablePayment>(
      `SELECT id, payment_intent_id AS "paymentIntentId" FROM payments
       WHERE invoice_id = $1 AND status = 'paid' AND refunded_minor < amount_minor AND payment_intent_id IS NOT NULL
       ORDER BY id`,
      [invoiceId],
    );
  }

  async countSince(userId: string, since: Date): Promise<number> {
    const row = await this.database.queryOne<{ count: string }>(
      `SELECT count(*) FROM refund_requests WHERE user_id = $1 AND created_at > $2`,
      [userId, since],
    );
    return Number(row?.count);
  }

  /** Undefined when the invoice has an undecided request. */
  insert({ userId, invoice, reason, createdAt }: NewRefundRequest): Promise<RefundRequest | undefined> {
    return this.database.queryOne<RefundRequest>(
      `INSERT INTO refund_requests (user_id, invoice_id, invoice_number, amount_minor, currency, reason, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (invoice_id) WHERE status IN ('open', 'approving') DO NOTHING
       RETURNING ${COLUMNS}`,
      [userId, invoice.id, invoice.number, invoice.refundableMinor, invoice.currency, reason, createdAt],
    );
  }

  listOfUser(userId: string, limit: number): Promise<RefundRequest[]> {
    return this.database.query<RefundRequest>(
      `SELECT ${COLUMNS} FROM refund_requests WHERE user_id = $1 ORDER BY created_at DESC, id LIMIT $2`,
      [userId, limit],
    );
  }

  /** For operators: the oldest undecided first. */
  listByStatus(statuses: readonly RefundRequestStatus[], limit: number): Promise<RefundRequest[]> {
    return this.database.query<RefundRequest>(
      `SELECT ${COLUMNS} FROM refund_requests WHERE status = ANY($1) ORDER BY created_at, id LIMIT $2`,
      [statuses, limit],
    );
  }

  async countByStatus(statuses: readonly RefundRequestStatus[]): Promise<number> {
    const row = await this.database.queryOne<{ count: number }>(
      `SELECT count(*)::integer AS count FROM refund_requests WHERE status = ANY($1)`,
      [statuses],
    );
    return row?.count ?? 0;
  }

  find(id: string): Promise<RefundRequest | undefined> {
    return this.database.queryOne<RefundRequest>(`SELECT ${COLUMNS} FROM refund_requests WHERE id = $1`, [
      id,
    ]);
  }

  /** Undefined when the request no longer has one of these statuses: another operator was faster. */
  decide(
    id: string,
    from: readonly RefundRequestStatus[],
    to: { status: RefundRequestStatus; decidedBy: string; decidedAt: Date; declineReason?: string },
  ): Promise<RefundRequest | undefined> {
    return this.database.queryOne<RefundRequest>(
      `UPDATE refund_requests SET status = $3, decided_by = $4, decided_at = $5, decline_reason = $6
       WHERE id = $1 AND status = ANY($2) RETURNING ${COLUMNS}`,
      [id, from, to.status, to.decidedBy, to.decidedAt, to.declineReason ?? null],
    );
  }

  /** The refund was rejected for good: the request can be decided again. */
  async reopen(id: string): Promise<void> {
    await this.database.query(
      `UPDATE refund_requests SET status = 'open', decided_by = NULL, decided_at = NULL
       WHERE id = $1 AND status = 'approving'`,
      [id],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** A payment towards an invoice, as operators see it. */
export interface SeenPayment {
  readonly invoiceId: string;
  readonly paymentIntentId: string | null;
  readonly chargeId: string | null;
  readonly status: string;
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly paidAt: Date | null;
  readonly cardBrand: string | null;
  readonly cardLast4: string | null;
  /** The bank's answer when it declined. */
  readonly failureCode: string | null;
  readonly disputed: boolean;
  readonly createdAt: Date;
}

export interface SeenInvoice {
  readonly id: string;
  readonly number: string | null;
  readonly subscriptionId: string | null;
  readonly status: string;
  readonly billingReason: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly paidMinor: number;
  readonly remainingMinor: number;
  readonly attemptCount: number;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly payments: readonly SeenPayment[];
}

const MOST = 24;

/** Invoices and payments of one user, for operators. */
@Injectable()
export class OperatorMoneyRepository {
  constructor(private readonly database: Database) {}

  /** The newest 24 invoices with their payments, newest first. */
  async load(userId: string): Promise<SeenInvoice[]> {
    const invoices = await this.database.query<Omit<SeenInvoice, 'payments'>>(
      `SELECT id, number, subscription_id AS "subscriptionId", status, billing_reason AS "billingReason", currency,
              total_minor::float8 AS "totalMinor", amount_paid_minor::float8 AS "paidMinor",
              amount_remaining_minor::float8 AS "remainingMinor", attempt_count AS "attemptCount",
              next_attempt_at AS "nextAttemptAt", created_at AS "createdAt", paid_at AS "paidAt"
       FROM invoices WHERE user_id = $1 ORDER BY created_at DESC, id LIMIT ${MOST}`,
      [userId],
    );
    const payments = await this.database.query<SeenPayment>(
      `SELECT invoice_id AS "invoiceId", payment_intent_id AS "paymentIntentId", charge_id AS "chargeId", status,
              amount_minor::float8 AS "amountMinor", refunded_minor::float8 AS "refundedMinor", paid_at AS "paidAt",
              card_brand AS "cardBrand", card_last4 AS "cardLast4", failure_code AS "failureCode", disputed,
              created_at AS "createdAt"
       FROM payments WHERE invoice_id = ANY($1) ORDER BY created_at DESC, id`,
      [invoices.map(({ id }) => id)],
    );
    return invoices.map((invoice) => ({
      ...invoice,
      payments: payments.filter(({ invoiceId }) => invoiceId === invoice.id),
    }));
  }
}

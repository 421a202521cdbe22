import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface PaidCard {
  readonly brand: string | null;
  readonly last4: string;
}

export interface PersonalInvoice {
  readonly id: string;
  readonly number: string | null;
  readonly status: string;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
  readonly createdAt: Date;
}

/** What a period of a subscription costs, before discounts and tax. */
export interface PeriodPrice {
  readonly amountMinor: number;
  readonly currency: string;
}

/** The money of one person, for the person. Reads of the record only, never of Stripe. */
@Injectable()
export class PersonalMoneyRepository {
  constructor(private readonly database: Database) {}

  /** The card that paid last. */
  findCard(userId: string): Promise<PaidCard | undefined> {
    return this.database.queryOne<PaidCard>(
      `SELECT card_brand AS brand, card_last4 AS last4 FROM payments
       WHERE user_id = $1 AND status = 'paid' AND card_last4 IS NOT NULL ORDER BY created_at DESC, id LIMIT 1`,
      [userId],
    );
  }

  /** Finalised ones, the newest first. */
  listInvoices(userId: string, limit: number): Promise<PersonalInvoice[]> {
    return this.database.query<PersonalInvoice>(
      `SELECT i.id, i.number, i.status, i.total_minor::float8 AS "totalMinor", i.currency, i.created_at AS "createdAt",
              coalesce((SELECT sum(refunded_minor) FROM payments p WHERE p.invoice_id = i.id), 0)::float8 AS "refundedMinor"
       FROM invoices i WHERE i.user_id = $1 AND i.status <> 'draft' AND i.total_minor > 0
       ORDER BY i.created_at DESC, i.id LIMIT $2`,
      [userId, limit],
    );
  }

  findPrice(priceId: string): Promise<PeriodPrice | undefined> {
    return this.database.queryOne<PeriodPrice>(
      `SELECT amount_minor::float8 AS "amountMinor", currency FROM plans WHERE price_id = $1`,
      [priceId],
    );
  }

  findPeriodPrice(subscriptionId: string): Promise<PeriodPrice | undefined> {
    return this.database.queryOne<PeriodPrice>(
      `SELECT p.amount_minor::float8 AS "amountMinor", p.currency
       FROM subscriptions s JOIN plans p ON p.price_id = s.price_id WHERE s.id = $1`,
      [subscriptionId],
    );
  }
}

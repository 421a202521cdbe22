import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { EmailedInvoice, EmailedRefund } from 'src/modules/payments/emails/domain/derive-billing-emails';
import type { Price } from 'src/modules/payments/emails/domain/billing-email';

/** A date on which a subscription will charge or end. */
export interface ComingDate {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly at: Date;
}

/** How long access outlives what was paid for, as in AccessPolicy. */
export interface Leeways {
  readonly pastDueGraceMs: number;
  readonly renewalLeewayMs: number;
}

interface Period {
  readonly start: Date;
  readonly end: Date;
}

interface PaidBy {
  readonly brand: string | null;
  readonly last4: string | null;
}

/** Rows per look: the rest comes with the next one. */
const BATCH = 500;

/** What emails say about money. Reads join the open transaction. */
@Injectable()
export class EmailFactsRepository {
  constructor(private readonly database: Database) {}

  /** What each subscription of the user costs per period, by subscription id; a price that we never sold is missing. */
  async findPrices(userId: string): Promise<ReadonlyMap<string, Price>> {
    const rows = await this.database.query<{ id: string; amount: string; currency: string }>(
      `SELECT s.id, p.amount_minor::text AS amount, p.currency
       FROM subscriptions s JOIN plans p ON p.price_id = s.price_id WHERE s.user_id = $1`,
      [userId],
    );
    return new Map(rows.map(({ id, amount, currency }) => [id, { amountMinor: Number(amount), currency }]));
  }

  /** Open invoices, and those that were paid since; for subscriptions to our product only. */
  async listInvoices(userId: string, since: Date): Promise<EmailedInvoice[]> {
    const rows = await this.database.query<EmailedInvoice & Period & PaidBy>(
      `SELECT i.id, i.number, i.status, i.currency, i.amount_paid_minor::float8 AS "paidMinor",
              i.amount_remaining_minor::float8 AS "dueMinor", i.paid_at AS "paidAt",
              coalesce(line.start, i.period_start) AS start, coalesce(line."end", i.period_end) AS "end",
              paid.card_brand AS brand, paid.card_last4 AS last4, failed.failure_code AS "failureCode"
       FROM invoices i
       JOIN subscriptions s ON s.id = i.subscription_id AND s.grants_premium
       LEFT JOIN LATERAL (SELECT min(period_start) AS start, max(period_end) AS "end" FROM invoice_lines
         WHERE invoice_id = i.id) line ON true
       LEFT JOIN LATERAL (SELECT card_brand, card_last4 FROM payments
         WHERE invoice_id = i.id AND status = 'paid' ORDER BY created_at DESC LIMIT 1) paid ON true
       LEFT JOIN LATERAL (SELECT failure_code FROM payments
         WHERE invoice_id = i.id AND status = 'open' ORDER BY created_at DESC LIMIT 1) failed ON true
       WHERE i.user_id = $1 AND (i.status = 'open' OR (i.status = 'paid' AND i.paid_at >= $2))
       ORDER BY i.created_at, i.id`,
      [userId, since],
    );
    return rows.map(({ start, end, brand, last4, ...invoice }) => ({
      ...invoice,
      period: { start, end },
      card: last4 === null ? null : `${brand ?? 'card'} ending in ${last4}`,
    }));
  }

  /** Refunds since, of invoices of our product. */
  listRefunds(userId: string, since: Date): Promise<EmailedRefund[]> {
    return this.database.query<EmailedRefund>(
      `SELECT r.id, r.status, r.amount_minor::float8 AS "refundedMinor", r.is_full AS "full", r.created_at AS "createdAt",
              i.currency, i.number AS "invoiceNumber"
       FROM refunds r JOIN invoices i ON i.id = r.invoice_id
       WHERE r.user_id = $1 AND r.created_at >= $2 ORDER BY r.created_at, r.id`,
      [userId, since],
    );
  }

  /** Trials that will charge within these days. */
  findEndingTrials(now: Date, days: number): Promise<ComingDate[]> {
    return this.database.query<ComingDate>(
      `SELECT customer_id AS "customerId", id AS "subscriptionId", trial_end AS at FROM subscriptions
       WHERE grants_premium AND status = 'trialing' AND cancel_at IS NULL
         AND trial_end > $1 AND trial_end <= $1::timestamptz + make_interval(days => $2)
       ORDER BY trial_end LIMIT ${BATCH}`,
      [now, days],
    );
  }

  /** Yearly plans that renew within these days. */
  findYearlyRenewals(now: Date, days: number): Promise<ComingDate[]> {
    return this.database.query<ComingDate>(
      `SELECT customer_id AS "customerId", id AS "subscriptionId", current_period_end AS at FROM subscriptions
       WHERE grants_premium AND status = 'active' AND plan = 'yearly' AND cancel_at IS NULL
         AND current_period_end > $1 AND current_period_end <= $1::timestamptz + make_interval(days => $2)
       ORDER BY current_period_end LIMIT ${BATCH}`,
      [now, days],
    );
  }

  /** Customers whose access time alone has ended, or has left in doubt, since it was last recorded as granted. */
  async findLapsed(now: Date, { pastDueGraceMs, renewalLeewayMs }: Leeways): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT DISTINCT s.customer_id AS id FROM subscriptions s
       WHERE s.grants_premium AND s.status IN ('trialing', 'active', 'past_due')
         AND least(s.cancel_at, CASE s.status
               WHEN 'trialing' THEN coalesce(s.trial_end, s.current_period_end)
               WHEN 'past_due' THEN coalesce(s.past_due_since, s.current_period_start) + $2 * interval '1 millisecond'
               ELSE s.current_period_end + $3 * interval '1 millisecond' END) <= $1
         AND (SELECT granted FROM entitlement_transitions t WHERE t.user_id = s.user_id ORDER BY t.id DESC LIMIT 1)
       LIMIT ${BATCH}`,
      [now, pastDueGraceMs, renewalLeewayMs],
    );
    return rows.map(({ id }) => id);
  }
}

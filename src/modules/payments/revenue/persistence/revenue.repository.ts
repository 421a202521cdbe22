import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { RevenueFacts } from 'src/modules/payments/revenue/domain/revenue-facts';

/** What is true now and needs no history. */
export interface RevenueNow {
  readonly trials: number;
  readonly pastDue: number;
  /** What past due subscriptions owe, in minor units. */
  readonly atRiskMinor: number;
}

const EPOCH = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** Money as it was billed and as it moved, for the operators' overview. */
@Injectable()
export class RevenueRepository {
  constructor(private readonly database: Database) {}

  /** The currency of most invoices; undefined before the first one. */
  async findCurrency(): Promise<string | undefined> {
    const row = await this.database.queryOne<{ currency: string }>(
      `SELECT currency FROM (SELECT currency FROM invoices ORDER BY created_at DESC LIMIT 1000) newest
       GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1`,
    );
    return row?.currency;
  }

  /** What was sold or moved since, in one currency. Prorations are corrections of lines that count already. */
  async load(currency: string, since: Date): Promise<RevenueFacts> {
    const parameters = [currency, since];
    const [lines, payments, refunds, disputes] = await Promise.all([
      this.database.query<RevenueFacts['lines'][number]>(
        `SELECT i.subscription_id AS "subscriptionId", i.customer_id AS "customerId", ${EPOCH('i.paid_at')} AS "paidAt",
                ${EPOCH('l.period_start')} AS "periodStart", ${EPOCH('l.period_end')} AS "periodEnd",
                (l.amount_minor - l.discount_minor)::float8 AS "amountMinor", ${EPOCH('s.ended_at')} AS "endedAt"
         FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id
           JOIN subscriptions s ON s.id = i.subscription_id
         WHERE i.currency = $1 AND i.status = 'paid' AND i.paid_at IS NOT NULL AND s.grants_premium
           AND NOT l.proration AND l.period_end > $2`,
        parameters,
      ),
      this.database.query<RevenueFacts['payments'][number]>(
        `SELECT ${EPOCH('coalesce(paid_at, created_at)')} AS at, amount_minor::float8 AS "amountMinor",
                fee_minor::float8 AS "feeMinor", status <> 'paid' AS failed
         FROM payments
         WHERE currency = $1 AND created_at > $2 AND (status = 'paid' OR failure_code IS NOT NULL)`,
        parameters,
      ),
      this.database.query<RevenueFacts['refunds'][number]>(
        `SELECT ${EPOCH('r.created_at')} AS at, r.amount_minor::float8 AS "amountMinor"
         FROM refunds r JOIN invoices i ON i.id = r.invoice_id
         WHERE i.currency = $1 AND r.created_at > $2 AND r.status = 'succeeded'`,
        parameters,
      ),
      this.database.query<RevenueFacts['disputes'][number]>(
        `SELECT ${EPOCH('created_at')} AS at FROM disputes WHERE created_at > $1`,
        [since],
      ),
    ]);
    return { lines, payments, refunds, disputes };
  }

  async loadNow(currency: string): Promise<RevenueNow> {
    const row = await this.database.queryOne<RevenueNow>(
      `SELECT (SELECT count(*) FROM subscriptions WHERE status = 'trialing' AND grants_premium)::integer AS trials,
              (SELECT count(*) FROM subscriptions WHERE status = 'past_due' AND grants_premium)::integer AS "pastDue",
              (SELECT coalesce(sum(i.amount_remaining_minor), 0) FROM invoices i JOIN subscriptions s ON s.id = i.subscription_id
               WHERE s.status = 'past_due' AND i.status = 'open' AND i.currency = $1)::float8 AS "atRiskMinor"`,
      [currency],
    );
    if (row === undefined) throw new Error('SELECT without a table returned no row');
    return row;
  }
}

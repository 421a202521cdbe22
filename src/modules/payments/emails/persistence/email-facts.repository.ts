import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
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

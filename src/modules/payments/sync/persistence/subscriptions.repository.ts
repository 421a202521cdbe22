import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.row';

/** What a sync writes. */
export interface SubscriptionToStore extends StoredSubscription {
  readonly userId: string;
  readonly grantsPremium: boolean;
  readonly priceId: string | null;
}

const UPSERT = `
  INSERT INTO subscriptions (
    id, customer_id, user_id, status, grants_premium, plan, price_id, current_period_start, current_period_end,
    trial_end, cancel_at_period_end, cancel_at, ended_at, past_due_since, latest_invoice_id, latest_invoice_status,
    latest_invoice_amount_due_minor, latest_invoice_billing_reason, latest_invoice_created_at, created_at, fence, synced_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, now())
  ON CONFLICT (id) DO UPDATE SET
    status = excluded.status, grants_premium = excluded.grants_premium, plan = excluded.plan,
    price_id = excluded.price_id, current_period_start = excluded.current_period_start,
    current_period_end = excluded.current_period_end, trial_end = excluded.trial_end,
    cancel_at_period_end = excluded.cancel_at_period_end, cancel_at = excluded.cancel_at,
    ended_at = excluded.ended_at, past_due_since = excluded.past_due_since,
    latest_invoice_id = excluded.latest_invoice_id, latest_invoice_status = excluded.latest_invoice_status,
    latest_invoice_amount_due_minor = excluded.latest_invoice_amount_due_minor,
    latest_invoice_billing_reason = excluded.latest_invoice_billing_reason,
    latest_invoice_created_at = excluded.latest_invoice_created_at, fence = excluded.fence, synced_at = now()
  WHERE subscriptions.status NOT IN ('canceled', 'incomplete_expired') OR subscriptions.status = excluded.status`;

/** Writes of subscriptions; they are read as facts (access-facts.repository.ts). */
@Injectable()
export class SubscriptionsRepository {
  constructor(private readonly database: Database) {}

  /** Writes what was fetched under a fence. Terminal statuses absorb: an older snapshot never revives a subscription. */
  async save(one: SubscriptionToStore, fence: number): Promise<void> {
    const invoice = one.latestInvoice;
    await this.database.query(UPSERT, [
      one.id,
      one.customerId,
      one.userId,
      one.status,
      one.grantsPremium,
      one.plan,
      one.priceId,
      one.currentPeriodStart,
      one.currentPeriodEnd,
      one.trialEnd,
      one.cancelAtPeriodEnd,
      one.cancelAt,
      one.endedAt,
      one.pastDueSince,
      invoice?.id ?? null,
      invoice?.status ?? null,
      invoice?.amountDueMinor ?? null,
      invoice?.billingReason ?? null,
      invoice?.createdAt ?? null,
      one.createdAt,
      fence,
    ]);
  }

  /** Stripe deleted the customer, and with it every subscription that is not listed any more. */
  async cancelMissing(customerId: string, listedIds: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE subscriptions SET status = 'canceled', ended_at = coalesce(ended_at, now()), synced_at = now()
       WHERE customer_id = $1 AND NOT id = ANY($2) AND status NOT IN ('canceled', 'incomplete_expired')`,
      [customerId, listedIds],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import {
  toParameters,
  UPSERT_SUBSCRIPTION,
  type SubscriptionToStore,
} from 'src/modules/payments/access/persistence/subscription.columns';

/** Writes of subscriptions; they are read as facts (access-facts.repository.ts). */
@Injectable()
export class SubscriptionsRepository {
  constructor(private readonly database: Database) {}

  /** Writes what was fetched under a fence. Terminal statuses absorb: an older snapshot never revives a subscription. */
  async save(subscription: SubscriptionToStore, fence: number): Promise<void> {
    await this.database.query(UPSERT_SUBSCRIPTION, [...toParameters(subscription), fence]);
  }

  /** Stripe deleted the customer, and with it every subscription that is not listed any more. */
  async cancelMissing(customerId: string, listedIds: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE subscriptions SET status = 'canceled', ended_at = coalesce(ended_at, now()), synced_at = now()
       WHERE customer_id = $1 AND NOT id = ANY($2) AND status NOT IN ('canceled', 'incomplete_expired')`,
      [customerId, listedIds],
    );
  }

  /** The customer that was synced last, as a sample of those that the database knows. */
  async findLatestCustomer(): Promise<string | undefined> {
    const row = await this.database.queryOne<{ id: string }>(
      `SELECT customer_id AS id FROM subscriptions WHERE status <> 'canceled' ORDER BY synced_at DESC LIMIT 1`,
    );
    return row?.id;
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { isUniqueViolation } from 'src/database/unique-violation';
import { CustomerBusyError } from 'src/engine/engine.errors';
import type { Plan } from 'src/modules/payments/domain/subscription';
import type { CheckoutSnapshot } from 'src/modules/payments/stripe/stripe-checkout';

/** A Checkout Session that we created. */
export interface StoredCheckout {
  readonly id: string;
  readonly userId: string;
  readonly stripeSessionId: string;
  readonly shortCode: string;
  readonly customerId: string;
  readonly plan: Plan;
  readonly promotionCode: string | null;
  readonly url: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly status: 'open' | 'complete' | 'expired';
  /** Stripe's: paid, unpaid or no_payment_required. A bank debit completes unpaid. */
  readonly paymentStatus: string;
  /** Why the bank declined the last attempt, while no attempt has succeeded. */
  readonly declineCode: string | null;
  readonly declinedAt: Date | null;
  readonly expiresAt: Date;
  readonly ageMs: number;
}

export type CheckoutToStore = Omit<
  StoredCheckout,
  'ageMs' | 'status' | 'paymentStatus' | 'declineCode' | 'declinedAt'
>;

const COLUMNS = `id, user_id AS "userId", stripe_session_id AS "stripeSessionId", short_code AS "shortCode",
  customer_id AS "customerId", plan, promotion_code AS "promotionCode", url, success_url AS "successUrl",
  cancel_url AS "cancelUrl", status, payment_status AS "paymentStatus", decline_code AS "declineCode",
  declined_at AS "declinedAt", expires_at AS "expiresAt",
  (extract(epoch FROM now() - created_at) * 1000)::float8 AS "ageMs"`;

/** Our checkouts; the database allows one open per user. */
@Injectable()
export class CheckoutSessionsRepository {
  constructor(private readonly database: Database) {}

  findOpen(userId: string): Promise<StoredCheckout | undefined> {
    return this.database.queryOne(
      `SELECT ${COLUMNS} FROM checkout_sessions WHERE user_id = $1 AND status = 'open'`,
      [userId],
    );
  }

  findByStripeId(stripeSessionId: string): Promise<StoredCheckout | undefined> {
    return this.database.queryOne(`SELECT ${COLUMNS} FROM checkout_sessions WHERE stripe_session_id = $1`, [
      stripeSessionId,
    ]);
  }

  findByShortCode(shortCode: string): Promise<StoredCheckout | undefined> {
    return this.database.queryOne(`SELECT ${COLUMNS} FROM checkout_sessions WHERE short_code = $1`, [
      shortCode,
    ]);
  }

  /** Whether we made this checkout for this user. */
  async belongsTo(id: string, userId: string): Promise<boolean> {
    const found = await this.database.queryOne(
      `SELECT 1 FROM checkout_sessions WHERE id::text = $1 AND user_id = $2`,
      [id, userId],
    );
    return found !== undefined;
  }

  /**
   * Repeating it for the same session changes nothing: the answer to a repeated request is the same session. Throws
   * CustomerBusyError when another request that took over the lease has stored its own.
   */
  async insert(checkout: CheckoutToStore): Promise<void> {
    try {
      await this.insertRow(checkout);
    } catch (error) {
      if (isUniqueViolation(error, 'checkout_sessions_one_open_per_user_key'))
        throw new CustomerBusyError({ cause: error });
      throw error;
    }
  }

  /** The customer was deleted, so its sessions can no longer be paid. */
  async closeOfCustomer(customerId: string): Promise<void> {
    await this.database.query(
      `UPDATE checkout_sessions SET status = 'expired', closed_at = now() WHERE customer_id = $1 AND status = 'open'`,
      [customerId],
    );
  }

  /** Takes over what Stripe says of a session. A closed one never opens again. */
  async update({ id, status, paymentStatus }: CheckoutSnapshot): Promise<void> {
    await this.database.query(
      `UPDATE checkout_sessions
       SET status = $2, payment_status = $3, closed_at = CASE WHEN $2 = 'open' THEN NULL ELSE coalesce(closed_at, now()) END
       WHERE stripe_session_id = $1 AND (status = 'open' OR status = $2)`,
      [id, status, paymentStatus],
    );
  }

  /**
   * The bank declined an attempt to pay the open checkout of this user. Stripe's time has whole seconds and a clock of its
   * own: an attempt on an earlier checkout is older by more than that.
   */
  async recordDecline(userId: string, { code, at }: { code: string; at: Date }): Promise<void> {
    await this.database.query(
      `UPDATE checkout_sessions SET decline_code = $2, declined_at = $3
       WHERE user_id = $1 AND status = 'open' AND created_at - interval '1 minute' <= $3 AND (declined_at IS NULL OR declined_at <= $3)`,
      [userId, code, at],
    );
  }

  private async insertRow(checkout: CheckoutToStore): Promise<void> {
    await this.database.query(
      `INSERT INTO checkout_sessions
         (id, user_id, stripe_session_id, short_code, customer_id, plan, promotion_code, url, success_url, cancel_url, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (stripe_session_id) DO NOTHING`,
      [
        checkout.id,
        checkout.userId,
        checkout.stripeSessionId,
        checkout.shortCode,
        checkout.customerId,
        checkout.plan,
        checkout.promotionCode,
        checkout.url,
        checkout.successUrl,
        checkout.cancelUrl,
        checkout.expiresAt,
      ],
    );
  }
}

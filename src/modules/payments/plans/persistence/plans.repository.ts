import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { Plan } from 'src/modules/payments/domain/subscription';
import type { PriceRefusal, TaxBehavior } from 'src/modules/payments/plans/domain/price';

export interface StoredPlan {
  readonly plan: Plan;
  readonly priceId: string;
  readonly productId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly taxBehavior: TaxBehavior;
  /** Why it cannot be sold; null when it can. */
  readonly refusal: PriceRefusal | null;
}

/** Prices as Stripe had them last, shared by all processes: reading what premium costs never waits for Stripe. */
@Injectable()
export class PlansRepository {
  constructor(private readonly database: Database) {}

  /** `ageMs` is undefined for a row that has not been read since the columns of availability exist. */
  async findByPriceIds(
    priceIds: readonly string[],
  ): Promise<(StoredPlan & { readonly ageMs: number | null })[]> {
    const rows = await this.database.query<StoredPlan & { amountMinor: string; ageMs: number | null }>(
      `SELECT plan, price_id AS "priceId", product_id AS "productId", amount_minor AS "amountMinor", currency,
         tax_behavior AS "taxBehavior", refusal, (extract(epoch FROM now() - read_at) * 1000)::float8 AS "ageMs"
       FROM plans WHERE price_id = ANY($1)`,
      [priceIds],
    );
    return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
  }

  /** Every price this installation has ever sold: rows are never removed. */
  async listAll(): Promise<Pick<StoredPlan, 'priceId' | 'productId'>[]> {
    return this.database.query(`SELECT price_id AS "priceId", product_id AS "productId" FROM plans`);
  }

  async save(plan: StoredPlan): Promise<void> {
    await this.database.query(
      `INSERT INTO plans (price_id, plan, product_id, amount_minor, currency, tax_behavior, refusal, read_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now())
       ON CONFLICT (price_id) DO UPDATE SET plan = excluded.plan, product_id = excluded.product_id,
         amount_minor = excluded.amount_minor, currency = excluded.currency, tax_behavior = excluded.tax_behavior,
         refusal = excluded.refusal, read_at = now()`,
      [
        plan.priceId,
        plan.plan,
        plan.productId,
        plan.amountMinor,
        plan.currency,
        plan.taxBehavior,
        plan.refusal,
      ],
    );
  }

  /** Stripe does not know the price any more: it cannot be sold, and still grants premium to those who pay it. */
  async markMissing(priceId: string): Promise<void> {
    await this.database.query(`UPDATE plans SET refusal = 'missing', read_at = now() WHERE price_id = $1`, [
      priceId,
    ]);
  }
}

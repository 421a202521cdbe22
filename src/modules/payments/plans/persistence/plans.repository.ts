import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { Plan } from 'src/modules/payments/domain/subscription';

export interface StoredPlan {
  readonly plan: Plan;
  readonly priceId: string;
  readonly productId: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** Prices already looked up at Stripe, so that reading what premium costs never waits for it. */
@Injectable()
export class PlansRepository {
  constructor(private readonly database: Database) {}

  async findByPriceIds(priceIds: readonly string[]): Promise<StoredPlan[]> {
    const rows = await this.database.query<StoredPlan & { amountMinor: string }>(
      `SELECT plan, price_id AS "priceId", product_id AS "productId", amount_minor AS "amountMinor", currency
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
      `INSERT INTO plans (price_id, plan, product_id, amount_minor, currency)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (price_id) DO UPDATE SET plan = excluded.plan`,
      [plan.priceId, plan.plan, plan.productId, plan.amountMinor, plan.currency],
    );
  }
}

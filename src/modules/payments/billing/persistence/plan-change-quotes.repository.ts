import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { PlanChangeKind } from 'src/modules/payments/billing/domain/decide-plan-change';
import type { Plan } from 'src/modules/payments/domain/subscription';

export interface NewPlanChangeQuote {
  readonly userId: string;
  readonly subscriptionId: string;
  readonly itemId: string;
  readonly fromPriceId: string;
  readonly plan: Plan;
  readonly priceId: string;
  readonly kind: PlanChangeKind;
  readonly prorationDate: Date;
  readonly dueNowMinor: number;
  readonly nextAmountMinor: number;
  readonly currency: string;
  readonly nextChargeAt: Date;
  readonly effectiveAt: Date;
  readonly liftsCancellation: boolean;
  readonly expiresAt: Date;
}

export interface PlanChangeQuote extends NewPlanChangeQuote {
  readonly id: string;
}

const FIELDS: Readonly<Record<keyof NewPlanChangeQuote, string>> = {
  userId: 'user_id',
  subscriptionId: 'subscription_id',
  itemId: 'item_id',
  fromPriceId: 'from_price_id',
  plan: 'plan',
  priceId: 'price_id',
  kind: 'kind',
  prorationDate: 'proration_date',
  dueNowMinor: 'due_now_minor',
  nextAmountMinor: 'next_amount_minor',
  currency: 'currency',
  nextChargeAt: 'next_charge_at',
  effectiveAt: 'effective_at',
  liftsCancellation: 'lifts_cancellation',
  expiresAt: 'expires_at',
};
const fields = Object.entries(FIELDS) as [keyof NewPlanChangeQuote, string][];
const AMOUNTS: readonly string[] = ['dueNowMinor', 'nextAmountMinor'];
const COLUMNS = ['id']
  .concat(fields.map(([key, name]) => `${name}${AMOUNTS.includes(key) ? '::float8' : ''} AS "${key}"`))
  .join(', ');

/** Quotes for changes of plan. */
@Injectable()
export class PlanChangeQuotesRepository {
  constructor(private readonly database: Database) {}

  async insert(quote: NewPlanChangeQuote): Promise<PlanChangeQuote> {
    const row = await this.database.queryOne<PlanChangeQuote>(
      `INSERT INTO plan_change_quotes (${fields.map(([, name]) => name).join(', ')})
       VALUES (${fields.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING ${COLUMNS}`,
      fields.map(([key]) => quote[key]),
    );
    if (row === undefined) throw new Error('INSERT returned no row');
    return row;
  }

  find(id: string, userId: string): Promise<PlanChangeQuote | undefined> {
    return this.database.queryOne(
      `SELECT ${COLUMNS} FROM plan_change_quotes WHERE id = $1 AND user_id = $2`,
      [id, userId],
    );
  }
}

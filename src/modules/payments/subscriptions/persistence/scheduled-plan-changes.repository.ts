import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { Plan } from 'src/modules/payments/domain/subscription';

export interface ScheduledPlanChange {
  readonly subscriptionId: string;
  readonly userId: string;
  readonly plan: Plan;
  readonly priceId: string;
  readonly effectiveAt: Date;
}

const COLUMNS = `subscription_id AS "subscriptionId", user_id AS "userId", plan, price_id AS "priceId",
  effective_at AS "effectiveAt"`;

/** Plan changes that wait for the end of the period, one per subscription. */
@Injectable()
export class ScheduledPlanChangesRepository {
  constructor(private readonly database: Database) {}

  async save({ subscriptionId, userId, plan, priceId, effectiveAt }: ScheduledPlanChange): Promise<void> {
    await this.database.query(
      `INSERT INTO scheduled_plan_changes (subscription_id, user_id, plan, price_id, effective_at)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (subscription_id) DO UPDATE SET plan = excluded.plan, price_id = excluded.price_id,
         effective_at = excluded.effective_at, suspended = false`,
      [subscriptionId, userId, plan, priceId, effectiveAt],
    );
  }

  /** Not those that a cancellation has suspended. */
  findActive(subscriptionId: string): Promise<ScheduledPlanChange | undefined> {
    return this.find(subscriptionId, false);
  }

  findSuspended(subscriptionId: string): Promise<ScheduledPlanChange | undefined> {
    return this.find(subscriptionId, true);
  }

  async suspend(subscriptionId: string): Promise<void> {
    await this.database.query(
      'UPDATE scheduled_plan_changes SET suspended = true WHERE subscription_id = $1',
      [subscriptionId],
    );
  }

  async remove(subscriptionId: string): Promise<void> {
    await this.database.query('DELETE FROM scheduled_plan_changes WHERE subscription_id = $1', [
      subscriptionId,
    ]);
  }

  private find(subscriptionId: string, suspended: boolean): Promise<ScheduledPlanChange | undefined> {
    return this.database.queryOne(
      `SELECT ${COLUMNS} FROM scheduled_plan_changes WHERE subscription_id = $1 AND suspended = $2`,
      [subscriptionId, suspended],
    );
  }
}

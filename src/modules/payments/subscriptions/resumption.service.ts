import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { ManagedByScheduleError, StripeRejectedError } from 'src/modules/payments/payments.errors';
import { StripeSchedules } from 'src/modules/payments/stripe/stripe-schedules';
import {
  StripeSubscriptions,
  type SubscriptionChange,
} from 'src/modules/payments/stripe/stripe-subscriptions';
import type { ChangeContext } from './change-context';
import {
  ScheduledPlanChangesRepository,
  type ScheduledPlanChange,
} from './persistence/scheduled-plan-changes.repository';

/** Undoes a scheduled end, and restores the downgrade that the cancellation had suspended. */
@Injectable()
export class ResumptionService {
  constructor(
    private readonly operations: OperationsService,
    private readonly stripe: StripeSubscriptions,
    private readonly schedules: StripeSchedules,
    private readonly changes: ScheduledPlanChangesRepository,
    private readonly clock: Clock,
  ) {}

  /** The caller holds the customer's lease. Throws ManagedByScheduleError when a foreign schedule ends it. */
  async resume(context: ChangeContext, subscription: StoredSubscription): Promise<void> {
    const change = undoOf(subscription);
    try {
      await this.operations.runAfresh(
        {
          ...context,
          kind: 'resume_subscription',
          target: `subscription:${subscription.id}`,
          params: change,
        },
        async ({ id: key }) => {
          await this.stripe.update(subscription.id, change, key);
          return subscription;
        },
      );
    } catch (error) {
      if (error instanceof StripeRejectedError) throw new ManagedByScheduleError({ cause: error });
      throw error;
    }
    const suspended = await this.changes.findSuspended(subscription.id);
    if (suspended === undefined) return;
    if (suspended.effectiveAt <= this.clock.now()) await this.changes.remove(subscription.id);
    else await this.schedule(context, suspended);
  }

  /** Makes the change of plan at the end of the period. The caller has made sure that no schedule manages it. */
  async schedule(context: ChangeContext, change: ScheduledPlanChange): Promise<void> {
    const { subscriptionId, priceId } = change;
    const params = { subscriptionId, priceId };
    const target = `scheduled:${subscriptionId}`;
    await this.operations.run(
      { ...context, kind: 'schedule_plan_change', target, params },
      async ({ id: key }) => ({ id: await this.schedules.changeAtPeriodEnd(params, key) }),
    );
    await this.changes.save(change);
  }
}

// Portal cancellations set the date and leave the flag: each is undone by clearing what was set.
const undoOf = ({ cancelAtPeriodEnd }: StoredSubscription): SubscriptionChange =>
  cancelAtPeriodEnd ? { cancel_at_period_end: false } : { cancel_at: '' };

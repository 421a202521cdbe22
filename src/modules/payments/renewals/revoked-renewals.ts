import { Injectable, Logger } from '@nestjs/common';
import { SyncRequests } from 'src/engine/sync-requests';
import { SubscriptionEndingService } from 'src/modules/payments/ending/subscription-ending.service';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripeSubscriptions } from 'src/modules/payments/stripe/stripe-subscriptions';
import type {
  ReadCustomer,
  SyncContributor,
  WrittenCustomer,
} from 'src/modules/payments/sync/sync-contributor';
import { OperatorTasksService } from 'src/modules/payments/tasks/operator-tasks.service';
import { isAttemptDue, needsOperator, pauseBeforeAttempt } from './domain/next-attempt';
import { kindOf, RenewalPlans, targetOf, type RenewalPlan } from './renewal-plans';

const TASK = 'renewal_not_changed';

/**
 * Revoking access stops the renewal: a refund ends the subscription now, an open dispute ends it with its period, and a
 * dispute that is won restores it. A sync that finds something to do requests one more sync, as a row, and that sync
 * does it: a crash in between loses nothing. What Stripe refuses never holds up the sync. It is tried again after longer
 * and longer pauses, and after some failures an operator is told.
 */
@Injectable()
export class RevokedRenewals implements SyncContributor {
  private readonly logger = new Logger(RevokedRenewals.name);

  constructor(
    private readonly plans: RenewalPlans,
    private readonly ending: SubscriptionEndingService,
    private readonly operations: OperationsService,
    private readonly stripe: StripeSubscriptions,
    private readonly requests: SyncRequests,
    private readonly tasks: OperatorTasksService,
  ) {}

  async prepare({ userId }: Pick<ReadCustomer, 'userId'>): Promise<undefined> {
    for (const plan of await this.plans.find(userId)) {
      if (!isAttemptDue(await this.plans.findFailures(userId, plan))) continue;
      try {
        await this.carryOut(userId, plan);
      } catch (error) {
        const { subscription, step } = plan;
        this.logger.warn({ err: error, subscription: subscription.id, step }, 'renewal not changed');
      }
    }
  }

  async afterWrite({ userId, customerId }: WrittenCustomer): Promise<void> {
    const plans = await this.plans.find(userId);
    if (plans.length === 0) {
      const resolution = 'the renewal is as it should be';
      await this.tasks.settleOthers(TASK, userId, { fact: undefined, resolution });
      return;
    }
    const pauses = await Promise.all(plans.map((plan) => this.planAttempt(userId, plan)));
    await this.requests.askAgain(customerId, Math.min(...pauses));
  }

  /** Returns the pause before the next attempt, in milliseconds. */
  private async planAttempt(userId: string, plan: RenewalPlan): Promise<number> {
    const failures = await this.plans.findFailures(userId, plan);
    if (needsOperator(failures)) {
      const { subscription, step } = plan;
      const { id: fact, customerId } = subscription;
      const details = { subscription: fact, step, attempts: failures.count };
      await this.tasks.open({ kind: TASK, fact, userId, customerId, details });
    }
    return pauseBeforeAttempt(failures, Math.random());
  }

  private async carryOut(userId: string, plan: RenewalPlan): Promise<void> {
    const { subscription, step } = plan;
    const { id: subscriptionId, customerId } = subscription;
    if (step === 'end_now') {
      await this.ending.end({ userId, customerId, subscriptionId, requestId: 'sync' });
      return;
    }
    const change = { cancel_at_period_end: step === 'end_at_period_end' };
    await this.operations.runAfresh(
      { userId, kind: kindOf(step), target: targetOf(plan), params: change, requestId: 'sync' },
      async ({ id }) => {
        await this.stripe.update(subscriptionId, change, id);
        return subscription;
      },
    );
  }
}

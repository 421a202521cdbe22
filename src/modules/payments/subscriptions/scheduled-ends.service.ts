import { Injectable } from '@nestjs/common';
import type { BillingState } from 'src/modules/payments/domain/billing-state';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { ManagedByScheduleError, StripeRejectedError } from 'src/modules/payments/payments.errors';
import { StripeSchedules } from 'src/modules/payments/stripe/stripe-schedules';
import { OperatorTasksService } from 'src/modules/payments/tasks/operator-tasks.service';
import type { ChangeContext } from './change-context';
import { ScheduledPlanChangesRepository } from './persistence/scheduled-plan-changes.repository';

/** Stripe refuses to end a subscription that a schedule manages: the schedule has to give way, or to end it. */
@Injectable()
export class ScheduledEnds {
  constructor(
    private readonly operations: OperationsService,
    private readonly stripe: StripeSchedules,
    private readonly changes: ScheduledPlanChangesRepository,
    private readonly tasks: OperatorTasksService,
  ) {}

  /**
   * Ours is released, and its downgrade is remembered for a resume: `free`. A foreign one ends the subscription with its
   * phase: `ends`. Throws ManagedByScheduleError after opening an operator task when Stripe refuses that.
   */
  async giveWay(context: ChangeContext, { id, scheduleId }: BillingState): Promise<'free' | 'ends'> {
    if (scheduleId === null) return 'free';
    const { isOurs } = await this.stripe.get(scheduleId);
    await this.operations.runAfresh(
      {
        ...context,
        kind: 'cancel_subscription',
        target: `schedule:${scheduleId}`,
        params: { scheduleId, isOurs },
      },
      async ({ id: key }) => {
        await (isOurs
          ? this.stripe.release(scheduleId, key)
          : this.endForeign(context, { id, scheduleId, key }));
        return { id: scheduleId };
      },
    );
    if (!isOurs) return 'ends';
    await this.changes.suspend(id);
    return 'free';
  }

  private async endForeign(
    { userId }: ChangeContext,
    { id, scheduleId, key }: { id: string; scheduleId: string; key: string },
  ): Promise<void> {
    try {
      await this.stripe.endWithPhase(scheduleId, key);
    } catch (error) {
      if (!(error instanceof StripeRejectedError)) throw error;
      const details = {
        subscription: id,
        schedule: scheduleId,
        wanted: 'cancel',
        stripe_code: error.stripeCode,
      };
      await this.tasks.open({ kind: 'foreign_schedule', fact: scheduleId, userId, details });
      throw new ManagedByScheduleError({ cause: error });
    }
  }
}

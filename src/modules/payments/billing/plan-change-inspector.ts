import { Injectable } from '@nestjs/common';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import { isLive, type Plan } from 'src/modules/payments/domain/subscription';
import type { BillingState } from 'src/modules/payments/domain/billing-state';
import {
  ManagedByScheduleError,
  NoSubscriptionError,
  PaymentNeededError,
} from 'src/modules/payments/payments.errors';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { StripeBillingState } from 'src/modules/payments/stripe/stripe-billing-state';
import { StripeSchedules } from 'src/modules/payments/stripe/stripe-schedules';
import { ScheduledPlanChangesRepository } from 'src/modules/payments/subscriptions/persistence/scheduled-plan-changes.repository';
import { OperatorTasksService } from 'src/modules/payments/tasks/operator-tasks.service';
import { PlanChangeRefusedError } from './billing.errors';
import { decidePlanChange, type PlanChangeKind, type PlanChangeRefusal } from './domain/decide-plan-change';

export interface PossibleChange {
  readonly kind: PlanChangeKind;
  readonly liftsCancellation: boolean;
  readonly state: BillingState;
}

/** Whether and how the plan of a user can change now, by Stripe's present state. */
@Injectable()
export class PlanChangeInspector {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly states: StripeBillingState,
    private readonly schedules: StripeSchedules,
    private readonly changes: ScheduledPlanChangesRepository,
    private readonly plans: PlansService,
    private readonly tasks: OperatorTasksService,
  ) {}

  /** Throws NoSubscriptionError (404), PaymentNeededError, PlanChangeRefusedError or ManagedByScheduleError (409). */
  async inspect(userId: string, wanted: Plan): Promise<PossibleChange> {
    const { facts } = await this.entitlements.explain(userId);
    const subscription = facts.subscriptions.find(({ status }) => isLive(status) || status === 'incomplete');
    if (subscription === undefined) throw noneToChange();
    const { state, decision } = await this.decide(subscription, wanted);
    if (decision.kind !== 'refuse') return { ...decision, state };
    if (decision.because === 'managed') await this.tellOperator(userId, state);
    throw refusalOf(decision.because);
  }

  /** The refusal says that support knows. Once per schedule. */
  private async tellOperator(userId: string, { id, scheduleId }: BillingState): Promise<void> {
    const details = { subscription: id, schedule: scheduleId, wanted: 'change_plan' };
    await this.tasks.open({ kind: 'foreign_schedule', fact: scheduleId ?? id, userId, details });
  }

  private async decide({ id }: StoredSubscription, wanted: Plan) {
    const [state, scheduled] = await Promise.all([this.states.read(id), this.changes.findActive(id)]);
    const schedule = state.scheduleId === null ? undefined : await this.schedules.get(state.scheduleId);
    const decision = decidePlanChange({
      state,
      wanted,
      isOurSchedule: schedule?.isOurs,
      current: this.plans.findPlanOfPrice(state.priceId),
      // A record without its schedule is over.
      scheduled: schedule === undefined ? undefined : scheduled?.plan,
    });
    return { state, decision };
  }
}

export const noneToChange = (): NoSubscriptionError =>
  new NoSubscriptionError('There is no subscription whose plan could change.', {
    extensions: { operation_id: 'createCheckoutSession' },
  });

function refusalOf(because: PlanChangeRefusal): Error {
  switch (because) {
    case 'payment_needed':
      return new PaymentNeededError();
    case 'managed':
      return new ManagedByScheduleError();
    case 'paused':
      return new PlanChangeRefusedError(
        'The subscription is paused. Buy the plan that you want: the purchase ends the paused subscription.',
        { extensions: { operation_id: 'createCheckoutSession' } },
      );
    case 'same_plan':
      return new PlanChangeRefusedError('This plan is already set: there is nothing to change.', {
        extensions: { operation_id: 'getSubscriptionStatus' },
      });
    case 'ending':
      return new PlanChangeRefusedError(
        'The subscription is set to end. Resume it first, then change the plan.',
        { extensions: { operation_id: 'resumeSubscription' } },
      );
  }
}

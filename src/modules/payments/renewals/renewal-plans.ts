import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { AccessConfig } from 'src/config/app-config';
import { findRevocation, renewalAfter } from 'src/modules/payments/access/domain/revocation';
import { invoicesOf } from 'src/modules/payments/access/domain/subscription-invoices';
import {
  AccessFactsRepository,
  type StoredAccessFacts,
} from 'src/modules/payments/access/persistence/access-facts.repository';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import { endingTarget } from 'src/modules/payments/ending/subscription-ending.service';
import { isLive } from 'src/modules/payments/domain/subscription';
import {
  OperationsRepository,
  type OperationKind,
} from 'src/modules/payments/operations/persistence/operations.repository';
import type { Failures } from './domain/next-attempt';

export interface RenewalPlan {
  readonly subscription: StoredSubscription;
  readonly step: 'end_now' | 'end_at_period_end' | 'restore';
}

/** What remains to be done at Stripe so that nobody is billed again for access that was revoked. */
@Injectable()
export class RenewalPlans {
  constructor(
    private readonly facts: AccessFactsRepository,
    private readonly operations: OperationsRepository,
    private readonly policy: AccessConfig,
    private readonly clock: Clock,
  ) {}

  /** From what is stored; empty when all is done. */
  async find(userId: string): Promise<RenewalPlan[]> {
    const facts = await this.facts.load(userId);
    const live = facts.subscriptions.filter(({ status }) => isLive(status));
    const plans = await Promise.all(live.map((subscription) => this.findFor(subscription, facts)));
    return plans.filter((plan) => plan !== undefined);
  }

  /** The attempts at this step that have failed so far. */
  findFailures(userId: string, plan: RenewalPlan): Promise<Failures> {
    return this.operations.countFailures({ userId, kind: kindOf(plan.step), target: targetOf(plan) });
  }

  private async findFor(
    subscription: StoredSubscription,
    facts: StoredAccessFacts,
  ): Promise<RenewalPlan | undefined> {
    const context = { facts, policy: this.policy, now: this.clock.now() };
    const { now: revocation } = findRevocation(subscription, context);
    if (revocation === undefined) {
      return (await this.mayRenewAgain(subscription, facts)) ? { subscription, step: 'restore' } : undefined;
    }
    const step = renewalAfter(revocation);
    return step === 'end_at_period_end' && subscription.cancelAt !== null
      ? undefined
      : { subscription, step };
  }

  /** We stopped the renewal for a dispute, nobody has changed it since, and the dispute was won. */
  private async mayRenewAgain(subscription: StoredSubscription, facts: StoredAccessFacts): Promise<boolean> {
    if (subscription.cancelAt === null) return false;
    const ids = invoicesOf(subscription, { facts }).all.map(({ id }) => id);
    const statuses = facts.disputes
      .filter(({ invoiceId }) => ids.includes(invoiceId))
      .map(({ status }) => status);
    if (!statuses.includes('won') || statuses.includes('open')) return false;
    return (await this.operations.findLastKind(subscriptionTarget(subscription))) === 'stop_renewal';
  }
}

const KINDS = {
  end_now: 'end_subscription',
  end_at_period_end: 'stop_renewal',
  restore: 'restore_renewal',
} as const satisfies Record<RenewalPlan['step'], OperationKind>;

export const kindOf = <Step extends RenewalPlan['step']>(step: Step): (typeof KINDS)[Step] => KINDS[step];

const subscriptionTarget = ({ id }: StoredSubscription): string => `subscription:${id}`;

/** The target of the operation that carries out the step. */
export const targetOf = ({ subscription, step }: RenewalPlan): string =>
  step === 'end_now' ? endingTarget(subscription.id) : subscriptionTarget(subscription);

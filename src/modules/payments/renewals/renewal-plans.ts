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
import { isLive } from 'src/modules/payments/domain/subscription';
import { OperationsRepository } from 'src/modules/payments/operations/persistence/operations.repository';

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
    return (await this.operations.findLastKind(targetOf(subscription))) === 'stop_renewal';
  }
}

export const targetOf = ({ id }: StoredSubscription): string => `subscription:${id}`;

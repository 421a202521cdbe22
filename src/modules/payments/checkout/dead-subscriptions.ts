import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { AccessConfig } from 'src/config/app-config';
import { decideSubscription } from 'src/modules/payments/access/domain/decide-subscription';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import type { StoredAccessFacts } from 'src/modules/payments/access/persistence/access-facts.repository';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import { findObstacle, type PurchaseObstacle } from 'src/modules/payments/checkout/domain/purchase-obstacle';
import { SubscriptionEndingService } from 'src/modules/payments/ending/subscription-ending.service';
import { AlreadySubscribedError } from 'src/modules/payments/payments.errors';
import { StripeCollection } from 'src/modules/payments/stripe/stripe-collection';
import {
  alreadySubscribed,
  completeFirst,
  pausedOnRequest,
  resolveDispute,
  waitForPayment,
} from './refusals';

/** A subscription that a purchase has ended, and how many of its unpaid invoices are not collected any more. */
export interface EndedSubscription {
  readonly subscriptionId: string;
  readonly status: string;
  readonly unpaidInvoices: number;
}

interface Buyer {
  readonly userId: string;
  readonly requestId: string;
}

/**
 * Clears the way for a purchase: one that gives nothing is ended with the collection of what it owes, one that bills or
 * may still be paid refuses the purchase. The caller holds the user's checkout lease and the customer's lease.
 */
@Injectable()
export class DeadSubscriptions {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly ending: SubscriptionEndingService,
    private readonly stripe: StripeCollection,
    private readonly policy: AccessConfig,
    private readonly clock: Clock,
  ) {}

  /** Nothing is ended when anything refuses. Throws AlreadySubscribedError. */
  async settle(buyer: Buyer): Promise<EndedSubscription[]> {
    const { facts } = await this.entitlements.explain(buyer.userId);
    const dead: StoredSubscription[] = [];
    for (const subscription of facts.subscriptions) {
      const obstacle = this.obstacleOf(subscription, facts);
      const refusal = await this.findRefusal(subscription, obstacle);
      if (refusal !== undefined) throw refusal;
      if (obstacle !== 'none') dead.push(subscription);
    }
    const ended: EndedSubscription[] = [];
    for (const subscription of dead) ended.push(await this.end(subscription, buyer));
    return ended;
  }

  private obstacleOf(subscription: StoredSubscription, facts: StoredAccessFacts): PurchaseObstacle {
    const context = { facts, policy: this.policy, now: this.clock.now() };
    return findObstacle(subscription.status, decideSubscription(subscription, context));
  }

  private async findRefusal(
    subscription: StoredSubscription,
    obstacle: PurchaseObstacle,
  ): Promise<AlreadySubscribedError | undefined> {
    if (obstacle === 'none') return undefined;
    if (obstacle === 'blocks') return alreadySubscribed(subscription);
    if (obstacle === 'disputed') return resolveDispute(subscription);
    const progress = await this.stripe.findProgress(subscription.id);
    if (progress === 'processing') return waitForPayment(subscription);
    if (obstacle === 'unfinished' && progress === 'action_required') return completeFirst(subscription);
    if (obstacle !== 'paused') return undefined;
    const reason = await this.stripe.findPauseReason(subscription.id);
    return reason === 'pause_requested' ? pausedOnRequest(subscription) : undefined;
  }

  private async end(
    { id, customerId, status }: StoredSubscription,
    { userId, requestId }: Buyer,
  ): Promise<EndedSubscription> {
    const stopped = await this.ending.end({ userId, customerId, subscriptionId: id, requestId });
    return { subscriptionId: id, status, unpaidInvoices: stopped.length };
  }
}

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
import { RenewalPlans, targetOf, type RenewalPlan } from './renewal-plans';

/** After the sync that found it, and between attempts that fail. */
const PAUSE_MS = 1000;

/**
 * Revoking access stops the renewal: a refund ends the subscription now, an open dispute ends it with its period, and a
 * dispute that is won restores it. A sync that finds something to do requests one more sync, as a row, and that sync
 * does it: a crash in between loses nothing. What Stripe refuses is tried again and never holds up the sync.
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
  ) {}

  async prepare({ userId }: Pick<ReadCustomer, 'userId'>): Promise<undefined> {
    for (const plan of await this.plans.find(userId)) {
      try {
        await this.carryOut(userId, plan);
      } catch (error) {
        const { subscription, step } = plan;
        this.logger.warn({ err: error, subscription: subscription.id, step }, 'renewal not changed');
      }
    }
  }

  async afterWrite({ userId, customerId }: WrittenCustomer): Promise<void> {
    if ((await this.plans.find(userId)).length > 0) await this.requests.askAgain(customerId, PAUSE_MS);
  }

  private async carryOut(userId: string, { subscription, step }: RenewalPlan): Promise<void> {
    const { id: subscriptionId, customerId } = subscription;
    if (step === 'end_now') {
      await this.ending.end({ userId, customerId, subscriptionId, requestId: 'sync' });
      return;
    }
    const change = { cancel_at_period_end: step === 'end_at_period_end' };
    const kind = step === 'restore' ? 'restore_renewal' : 'stop_renewal';
    await this.operations.runAfresh(
      { userId, kind, target: targetOf(subscription), params: change, requestId: 'sync' },
      async ({ id }) => {
        await this.stripe.update(subscriptionId, change, id);
        return subscription;
      },
    );
  }
}

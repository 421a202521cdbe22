import { Injectable, Logger } from '@nestjs/common';
import { SyncRequests } from 'src/engine/sync-requests';
import type { SubscriptionSnapshot } from 'src/modules/payments/domain/subscription';
import { SubscriptionEndingService } from 'src/modules/payments/ending/subscription-ending.service';
import { StripePurchases } from 'src/modules/payments/stripe/stripe-purchases';
import type { ReadCustomer, SyncContributor } from 'src/modules/payments/sync/sync-contributor';
import { TrialsService } from './trials.service';

/**
 * A trial of our Checkout whose card had one before ends uncharged. Trials that an operator gave at Stripe are left
 * alone. The refusal is stored first, so a crash before the end only delays it.
 */
@Injectable()
export class TrialSync implements SyncContributor {
  private readonly logger = new Logger(TrialSync.name);

  constructor(
    private readonly trials: TrialsService,
    private readonly purchases: StripePurchases,
    private readonly ending: SubscriptionEndingService,
    private readonly syncs: SyncRequests,
  ) {}

  async prepare(customer: ReadCustomer): Promise<undefined> {
    const { subscriptions } = await customer.snapshot;
    const trialing = subscriptions.filter(({ status }) => status === 'trialing');
    if (trialing.length === 0) return;
    const known = await this.trials.listOfUser(customer.userId);
    for (const subscription of trialing) {
      const trial = known.find(({ subscriptionId }) => subscriptionId === subscription.id);
      if ((trial ?? (await this.claim(subscription, customer)))?.refused === true)
        await this.end(subscription, customer);
    }
  }

  private async claim({ id }: SubscriptionSnapshot, { userId }: ReadCustomer) {
    const { checkoutId, fingerprint } = await this.purchases.describe(id);
    if (checkoutId === null || fingerprint === null) return undefined;
    return this.trials.claim({ subscriptionId: id, userId, fingerprint });
  }

  private async end({ id }: SubscriptionSnapshot, { userId, customerId }: ReadCustomer): Promise<void> {
    this.logger.log({ subscription: id, user: userId }, 'trial ended: its card had a trial before');
    await this.ending.end({ userId, customerId, subscriptionId: id, requestId: 'sync' });
    // What this sync writes was read before.
    await this.syncs.ask(customerId, 0);
  }
}

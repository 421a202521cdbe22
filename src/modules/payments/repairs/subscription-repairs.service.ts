import { Injectable } from '@nestjs/common';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { isLive } from 'src/modules/payments/domain/subscription';
import { SubscriptionEndingService } from 'src/modules/payments/ending/subscription-ending.service';
import { NoSubscriptionError, SubscriptionEndedError } from 'src/modules/payments/payments.errors';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';

/** Who repairs, and what is recorded before Stripe is asked to change anything: its answer can be lost. */
export interface Repair {
  readonly userId: string;
  readonly operatorId: string;
  readonly requestId: string;
  readonly record: () => Promise<void>;
}

/** What an operator may do to one subscription of a user. */
@Injectable()
export class SubscriptionRepairsService {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly ending: SubscriptionEndingService,
    private readonly refresh: RefreshService,
  ) {}

  /**
   * Ends the subscription now and stops the collection of what it owes. Refunds nothing. Throws NoSubscriptionError for a
   * subscription of another user, SubscriptionEndedError when it has ended. Repeat it after a 503.
   */
  async endNow(subscriptionId: string, { userId, operatorId, requestId, record }: Repair): Promise<void> {
    const { customerId } = await this.find(userId, subscriptionId);
    await this.refresh.change(customerId, { kind: 'operator', id: operatorId }, async () => {
      const { status } = await this.find(userId, subscriptionId);
      if (!isLive(status) && status !== 'incomplete')
        throw new SubscriptionEndedError('This subscription has already ended.');
      await record();
      await this.ending.end({ userId, customerId, subscriptionId, requestId });
      return 'written';
    });
  }

  private async find(userId: string, subscriptionId: string) {
    const { facts } = await this.entitlements.explain(userId);
    const found = facts.subscriptions.find(({ id }) => id === subscriptionId);
    if (found === undefined) throw new NoSubscriptionError('This user has no such subscription.');
    return found;
  }
}

import { Injectable } from '@nestjs/common';
import { UsersService } from 'src/modules/users';
import { isLive } from 'src/modules/payments/domain/subscription';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { NoSubscriptionError, SubscriptionEndedError } from 'src/modules/payments/payments.errors';
import type { OperationKind } from 'src/modules/payments/operations/persistence/operations.repository';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';
import {
  StripeSubscriptions,
  type SubscriptionChange,
} from 'src/modules/payments/stripe/stripe-subscriptions';

export interface ChangedSubscription {
  readonly subscription: StoredSubscription;
  readonly accessUntil: Date | null;
}

/** Who changes what, and which request asked for it. */
interface ChangeContext {
  readonly userId: string;
  readonly requestId: string;
}

/** Cancel and resume. Cancelling keeps what was paid for: access ends with the paid period. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly operations: OperationsService,
    private readonly refresh: RefreshService,
    private readonly stripe: StripeSubscriptions,
  ) {}

  /**
   * Schedules the end of every subscription that would bill again. Idempotent. Throws NoSubscriptionError (404) when
   * there is none, StripeUnavailableError (503) when the outcome is unknown: repeating it is safe.
   */
  async cancel(context: ChangeContext): Promise<ChangedSubscription> {
    await this.change(context, async (all) => {
      const live = all.filter(({ status }) => isLive(status));
      if (live.length === 0) throw new NoSubscriptionError('There is no subscription to cancel.');
      const billing = live.filter(billsAgain);
      for (const subscription of billing) {
        await this.write(context, {
          subscription,
          kind: 'cancel_subscription',
          change: { cancel_at_period_end: true },
        });
      }
      return billing.length > 0;
    });
    return this.describe(context.userId);
  }

  /** Undoes a scheduled end. Idempotent. Throws NoSubscriptionError (404) or SubscriptionEndedError (409). */
  async resume(context: ChangeContext): Promise<ChangedSubscription> {
    await this.change(context, async (all) => {
      const live = all.filter(({ status }) => isLive(status));
      if (live.length === 0) throw noneToResume(all.length);
      if (live.some(({ cancelAt }) => cancelAt === null)) return false;
      const [subscription] = live;
      if (subscription === undefined) return false;
      const change = undoOf(subscription);
      await this.write(context, { subscription, kind: 'resume_subscription', change });
      return true;
    });
    return this.describe(context.userId);
  }

  private async change(
    { userId, requestId }: ChangeContext,
    act: (all: readonly StoredSubscription[]) => Promise<boolean>,
  ): Promise<void> {
    const user = await this.users.getById(userId);
    if (user.stripeCustomerId === null) throw new NoSubscriptionError('There is no subscription.');
    await this.refresh.change(user.stripeCustomerId, { kind: 'api', id: requestId }, async () => {
      const { facts } = await this.entitlements.explain(userId);
      return (await act(facts.subscriptions)) ? 'written' : 'unchanged';
    });
  }

  private async write(
    { userId, requestId }: ChangeContext,
    {
      subscription,
      kind,
      change,
    }: { subscription: StoredSubscription; kind: OperationKind; change: SubscriptionChange },
  ): Promise<void> {
    await this.operations.runAfresh(
      { userId, kind, target: `subscription:${subscription.id}`, params: change, requestId },
      async ({ id }) => {
        await this.stripe.update(subscription.id, change, id);
        return subscription;
      },
    );
  }

  private async describe(userId: string): Promise<ChangedSubscription> {
    const { access, facts } = await this.entitlements.explain(userId);
    const subscription =
      facts.subscriptions.find(({ id }) => id === access.subscriptionId) ??
      facts.subscriptions.find(({ status }) => isLive(status));
    if (subscription === undefined) throw new NoSubscriptionError('The subscription has just ended.');
    return { subscription, accessUntil: access.until };
  }
}

// An end scheduled for a later period leaves renewals in between.
const billsAgain = ({ cancelAt, currentPeriodEnd }: StoredSubscription): boolean =>
  cancelAt === null || cancelAt > currentPeriodEnd;

// Portal cancellations set the date and leave the flag: each is undone by clearing what was set.
const undoOf = ({ cancelAtPeriodEnd }: StoredSubscription): SubscriptionChange =>
  cancelAtPeriodEnd ? { cancel_at_period_end: false } : { cancel_at: '' };

function noneToResume(subscriptions: number): Error {
  if (subscriptions === 0) return new NoSubscriptionError('There is no subscription to resume.');
  return new SubscriptionEndedError('The subscription has ended. A new one can be bought at any time.', {
    extensions: { operation_id: 'createCheckoutSession' },
  });
}

import { Injectable } from '@nestjs/common';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import { isLive } from 'src/modules/payments/domain/subscription';
import {
  NoSubscriptionError,
  PaymentNeededError,
  SubscriptionEndedError,
} from 'src/modules/payments/payments.errors';
import type { UpcomingInvoice } from 'src/modules/payments/stripe/stripe-unpaid-invoices';
import type { CancellationDetails } from 'src/modules/payments/stripe/stripe-subscriptions';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';
import { UsersService } from 'src/modules/users';
import { CancellationService, type Cancelled } from './cancellation.service';
import type { ChangeContext } from './change-context';
import type { CancelTime, FurtherCharges } from './domain/decide-cancel';
import { decideResume, type ResumeRefusal } from './domain/decide-resume';
import { RenewalPreview } from './renewal-preview';
import { ResumptionService } from './resumption.service';

export interface ChangedSubscription {
  readonly subscription: StoredSubscription;
  readonly accessUntil: Date | null;
  /** After a cancellation: what can still be charged. */
  readonly charges?: FurtherCharges;
  /** After a resume: what is charged next. Undefined also when Stripe cannot say. */
  readonly renewal?: UpcomingInvoice | undefined;
}

export interface CancelRequest extends ChangeContext {
  /** Default: with the period that is paid. */
  readonly when?: CancelTime;
  readonly details?: CancellationDetails;
}

/** Cancel and resume. Cancelling keeps what was paid for, and stops the collection of what was not. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly refresh: RefreshService,
    private readonly cancellation: CancellationService,
    private readonly resumption: ResumptionService,
    private readonly renewals: RenewalPreview,
  ) {}

  /**
   * Ends every subscription that could bill again. Idempotent. Throws NoSubscriptionError (404) when there is none,
   * ManagedByScheduleError (409), StripeUnavailableError (503) when the outcome is unknown: repeating it is safe.
   */
  async cancel(request: CancelRequest): Promise<ChangedSubscription> {
    const { userId, requestId, when = 'period_end', details = {} } = request;
    const done: Cancelled[] = [];
    await this.change(request, async (all) => {
      const billing = all.filter(({ status }) => isLive(status) || status === 'incomplete');
      if (billing.length === 0) throw new NoSubscriptionError('There is no subscription to cancel.');
      for (const { id } of billing) {
        done.push(await this.cancellation.cancel(id, { userId, requestId, when, details }));
      }
      return done.some(({ kind }) => kind !== 'unchanged');
    });
    return this.describeCancelled(userId, done);
  }

  /**
   * Undoes a scheduled end. Idempotent. Throws NoSubscriptionError (404), SubscriptionEndedError (409), and
   * PaymentNeededError (409) when only a payment brings it back.
   */
  async resume(context: ChangeContext): Promise<ChangedSubscription> {
    await this.change(context, async (all) => {
      const plan = decideResume(all);
      if (plan.kind === 'refuse') throw refusalOf(plan.because);
      const subscription = all.find(({ id }) => plan.kind === 'undo' && id === plan.subscriptionId);
      if (subscription === undefined) return false;
      await this.resumption.resume(context, subscription);
      return true;
    });
    return this.describeResumed(context.userId);
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

  private async describeCancelled(userId: string, done: readonly Cancelled[]): Promise<ChangedSubscription> {
    const { access, facts } = await this.entitlements.explain(userId);
    const [first] = done;
    const worst = done.find(({ charges }) => charges !== 'none');
    const wanted = done.find(({ subscriptionId }) => subscriptionId === access.subscriptionId) ?? first;
    const subscription = facts.subscriptions.find(({ id }) => id === wanted?.subscriptionId);
    if (subscription === undefined) throw new NoSubscriptionError('The subscription has just ended.');
    return { subscription, accessUntil: access.until, charges: worst?.charges ?? chargesUntil(subscription) };
  }

  private async describeResumed(userId: string): Promise<ChangedSubscription> {
    const { access, facts } = await this.entitlements.explain(userId);
    const subscription =
      facts.subscriptions.find(({ id }) => id === access.subscriptionId) ??
      facts.subscriptions.find(({ status }) => isLive(status));
    if (subscription === undefined) throw new NoSubscriptionError('The subscription has just ended.');
    // It is resumed in any case: the answer does not fail because the price is unknown.
    const renewal = await this.renewals.find(subscription).catch(() => undefined);
    return { subscription, accessUntil: access.until, renewal };
  }
}

/** A foreign schedule may end it later than the period that is paid. */
function chargesUntil({ cancelAt, currentPeriodEnd, status }: StoredSubscription): FurtherCharges {
  return isLive(status) && cancelAt !== null && cancelAt > currentPeriodEnd ? 'until_end' : 'none';
}

function refusalOf(because: ResumeRefusal): Error {
  if (because === 'none') return new NoSubscriptionError('There is no subscription to resume.');
  if (because === 'payment_needed') return new PaymentNeededError();
  if (because === 'paused')
    return new SubscriptionEndedError(
      'The subscription is paused and cannot be resumed. A new purchase ends it and opens premium at once.',
      { extensions: { operation_id: 'createCheckoutSession' } },
    );
  return new SubscriptionEndedError('The subscription has ended. A new one can be bought at any time.', {
    extensions: { operation_id: 'createCheckoutSession' },
  });
}

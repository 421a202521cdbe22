import { Injectable, Logger } from '@nestjs/common';
import type { InvoiceSnapshot } from 'src/modules/payments/domain/invoice';
import type { SubscriptionSnapshot } from 'src/modules/payments/domain/subscription';
import {
  SubscriptionEndingService,
  type SubscriptionToEnd,
} from 'src/modules/payments/ending/subscription-ending.service';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import type { CustomerSnapshot } from 'src/modules/payments/stripe/stripe-customers';
import type { FetchedCustomer, SyncContributor } from 'src/modules/payments/sync/sync-contributor';
import { decideCancel } from './domain/decide-cancel';
import { SubscriptionInspector } from './subscription-inspector';

/**
 * A cancellation stops the collection of what is owed, wherever it was made: here, in the portal, in the dashboard, or
 * here before a crash. Every sync finishes what is missing.
 */
@Injectable()
export class CollectionSync implements SyncContributor {
  private readonly logger = new Logger(CollectionSync.name);

  constructor(
    private readonly operations: OperationsService,
    private readonly ending: SubscriptionEndingService,
    private readonly inspector: SubscriptionInspector,
  ) {}

  async converge({ userId, customerId, snapshot, premiumProductIds }: FetchedCustomer): Promise<boolean> {
    const ours = snapshot.subscriptions.filter(({ items }) =>
      items.some(({ productId }) => premiumProductIds.has(productId)),
    );
    if (snapshot.deleted || ours.length === 0) return false;
    const interrupted = await this.operations.listPendingTargets(userId, 'end_subscription');
    let hasWritten = false;
    for (const subscription of ours) {
      const isInterrupted = interrupted.has(`end:${subscription.id}`);
      if (!isInterrupted && !(await this.mustStop(subscription, snapshot.invoices))) continue;
      const request = { userId, customerId, subscriptionId: subscription.id, requestId: 'sync' };
      hasWritten = (await this.stop(request)) || hasWritten;
    }
    return hasWritten;
  }

  private async mustStop(
    subscription: SubscriptionSnapshot,
    listing: CustomerSnapshot['invoices'],
  ): Promise<boolean> {
    const owes = listing?.invoices.some((invoice) => isOwed(invoice, subscription.id)) ?? false;
    if (!owes || !(isOver(subscription) || isEnding(subscription))) return false;
    const { state, unpaid } = await this.inspector.inspect(subscription.id);
    // Money on its way cannot be stopped: a later sync decides.
    if (unpaid.some(({ progress }) => progress === 'processing')) return false;
    if (isOver(subscription)) return true;
    if (decideCancel(state, unpaid, 'period_end').kind !== 'end_now') return false;
    // An end that was set before the invoice is a contract with a date, not a refusal to pay.
    const requestedAt = state.canceledAt;
    return requestedAt !== null && unpaid.some(({ createdAt }) => createdAt <= requestedAt);
  }

  /** A definite refusal must not block the sync: access is decided without it. */
  private async stop(request: SubscriptionToEnd): Promise<boolean> {
    try {
      await this.ending.end(request);
      return true;
    } catch (error) {
      if (!(error instanceof StripeRejectedError)) throw error;
      this.logger.error(
        { err: error, subscription: request.subscriptionId },
        'collection could not be stopped',
      );
      return false;
    }
  }
}

const isOver = ({ status }: SubscriptionSnapshot): boolean =>
  status === 'canceled' || status === 'incomplete_expired';

const isEnding = ({ cancelAt, currentPeriodEnd }: SubscriptionSnapshot): boolean =>
  cancelAt !== null && cancelAt <= currentPeriodEnd;

const isOwed = (
  { status, subscriptionId, amountRemainingMinor, autoAdvance }: InvoiceSnapshot,
  id: string,
): boolean =>
  subscriptionId === id &&
  amountRemainingMinor > 0 &&
  (status === 'open' || (status === 'draft' && autoAdvance));

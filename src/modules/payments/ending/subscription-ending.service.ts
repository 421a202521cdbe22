import { Injectable } from '@nestjs/common';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import type { Operation } from 'src/modules/payments/operations/persistence/operations.repository';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import { StripeCollection, type OwedInvoice } from 'src/modules/payments/stripe/stripe-collection';

export interface SubscriptionToEnd {
  readonly userId: string;
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly requestId: string;
}

/** The target of the operation that ends a subscription. */
export const endingTarget = (subscriptionId: string): string => `end:${subscriptionId}`;

/**
 * Ends a subscription now and stops the collection of all that it owes: cancel, void every open invoice, stop drafts,
 * delete its pending items. One persisted operation: after a crash or a lost answer the same call goes through the steps
 * again, and each step first reads what is left to do. It returns only when all is done. The caller holds the
 * customer's lease and syncs afterwards.
 */
@Injectable()
export class SubscriptionEndingService {
  constructor(
    private readonly operations: OperationsService,
    private readonly stripe: StripeCollection,
  ) {}

  /** Returns what was owed and is not collected any more. Idempotent. Throws StripeUnavailableError. */
  async end({
    userId,
    customerId,
    subscriptionId,
    requestId,
  }: SubscriptionToEnd): Promise<readonly OwedInvoice[]> {
    const params = { subscriptionId, customerId };
    const target = endingTarget(subscriptionId);
    const { stopped } = await this.operations.run(
      { userId, kind: 'end_subscription', target, params, requestId },
      async (operation) => {
        if (!(await this.stripe.isOver(subscriptionId))) await this.stripe.cancelNow(subscriptionId);
        return { id: subscriptionId, stopped: await this.stopCollection(operation, params) };
      },
    );
    return stopped;
  }

  private async stopCollection(
    { id: key }: Operation,
    { subscriptionId, customerId }: Pick<SubscriptionToEnd, 'subscriptionId' | 'customerId'>,
  ): Promise<readonly OwedInvoice[]> {
    const owed = await this.stripe.listOwed(subscriptionId);
    const stopped = [];
    for (const invoice of owed) {
      if (await this.stop(invoice, `${key}:${invoice.id}`)) stopped.push(invoice);
    }
    await this.stripe.deletePendingItems(customerId, subscriptionId);
    return stopped;
  }

  /** False when the invoice was paid or closed in the meantime: there is nothing left to stop. */
  private async stop({ id, status }: OwedInvoice, key: string): Promise<boolean> {
    try {
      if (status === 'open') await this.stripe.voidInvoice(id, key);
      else await this.stripe.stopDraft(id, key);
      return true;
    } catch (error) {
      if (error instanceof StripeRejectedError && !(await this.stripe.isOwed(id))) return false;
      throw error;
    }
  }
}

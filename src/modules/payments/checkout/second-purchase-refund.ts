import { Injectable, Logger } from '@nestjs/common';
import { findSecondPurchase } from 'src/modules/payments/checkout/domain/second-purchase';
import { CheckoutSessionsRepository } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { SubscriptionEndingService } from 'src/modules/payments/ending/subscription-ending.service';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripePurchases } from 'src/modules/payments/stripe/stripe-purchases';
import type { ReadCustomer } from 'src/modules/payments/sync/sync-contributor';

/** Gives the later of two purchases back: ended at once, its payment refunded. */
@Injectable()
export class SecondPurchaseRefund {
  private readonly logger = new Logger(SecondPurchaseRefund.name);

  constructor(
    private readonly purchases: StripePurchases,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly operations: OperationsService,
    private readonly ending: SubscriptionEndingService,
  ) {}

  /** False when a person must decide. Repeating it continues the same operation. */
  async run({ userId, customerId }: ReadCustomer, subscriptionIds: readonly string[]): Promise<boolean> {
    const purchases = await Promise.all(subscriptionIds.map((id) => this.describe(id, userId)));
    const second = findSecondPurchase(purchases);
    const payment = second?.firstPayment ?? undefined;
    if (second === undefined || payment === undefined) return false;
    const { subscriptionId } = second;
    const { paymentIntentId } = payment;
    this.logger.warn({ user: userId, subscription: subscriptionId }, 'second purchase is refunded');
    await this.operations.run(
      {
        userId,
        kind: 'refund_second_purchase',
        target: `refund:${paymentIntentId}`,
        params: { subscriptionId, paymentIntentId },
        requestId: 'sync',
      },
      async ({ id }) => {
        await this.purchases.refund(paymentIntentId, id);
        await this.ending.end({ userId, customerId, subscriptionId, requestId: 'sync' });
        return { id: subscriptionId };
      },
    );
    return true;
  }

  private async describe(subscriptionId: string, userId: string) {
    const purchase = await this.purchases.describe(subscriptionId);
    const { checkoutId } = purchase;
    const ourCheckout = checkoutId !== null && (await this.sessions.belongsTo(checkoutId, userId));
    return { ...purchase, ourCheckout };
  }
}

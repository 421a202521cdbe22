import { Injectable } from '@nestjs/common';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { StripeReceipts, type ReceivedPayment } from 'src/modules/payments/stripe/stripe-receipts';
import { OperatorTasksService } from 'src/modules/payments/tasks/operator-tasks.service';
import type { CoveredEvent, ForeignWrite, SyncContributor } from './sync-contributor';

/**
 * Money for our product from a customer that belongs to no user: a payment link, another system, a customer made in the
 * dashboard. It is never matched by email. An operator binds the customer to a user or refunds it.
 */
@Injectable()
export class UnmatchedPayments implements SyncContributor {
  constructor(
    private readonly receipts: StripeReceipts,
    private readonly plans: PlansService,
    private readonly tasks: OperatorTasksService,
  ) {}

  async prepareForeign(
    customerId: string,
    events: readonly CoveredEvent[],
  ): Promise<ForeignWrite | undefined> {
    const received = (await Promise.all(events.map((event) => this.read(event)))).flat();
    if (received.length === 0) return undefined;
    const write = async () => {
      for (const { id, ...details } of received) {
        await this.tasks.open({
          kind: 'unmatched_payment',
          fact: id,
          customerId,
          details: {
            amount_minor: details.amountMinor,
            currency: details.currency,
            client_reference_id: details.clientReferenceId,
            subscription_id: details.subscriptionId,
          },
        });
      }
    };
    return { write, outcome: 'unmatched' };
  }

  private async read({ type, objectId }: CoveredEvent): Promise<ReceivedPayment[]> {
    if (objectId === null) return [];
    const isCheckout = type.startsWith('checkout.session.');
    if (!isCheckout && type !== 'invoice.paid') return [];
    const received = await (isCheckout
      ? this.receipts.findOfCheckout(objectId)
      : this.receipts.findOfInvoice(objectId));
    if (received === undefined) return [];
    const products = await this.plans.getPremiumProductIds();
    const isOurs = received.productIds.some((id) => products.has(id)) || received.clientReferenceId !== null;
    return isOurs ? [received] : [];
  }
}

import { Injectable } from '@nestjs/common';
import { StripeGateway } from './stripe.gateway';

/** A change of price that takes effect at once; stored with the operation and repeated exactly. */
export interface ImmediateChange {
  readonly subscriptionId: string;
  readonly itemId: string;
  readonly priceId: string;
  /** Seconds. The same in preview and change, so that both come to the same amount. */
  readonly prorationDate: number;
  /** The subscription was set to end, and goes on with the new plan. */
  readonly liftsCancellation: boolean;
}

export interface ChangePreview {
  readonly dueNowMinor: number;
  readonly currency: string;
  readonly nextChargeAt: Date;
}

const CHARGED_AT_ONCE = { proration_behavior: 'always_invoice' } as const;

/** Changes of plan that are paid at once. */
@Injectable()
export class StripePlanChanges {
  constructor(private readonly gateway: StripeGateway) {}

  async preview({ subscriptionId, itemId, priceId, prorationDate }: ImmediateChange): Promise<ChangePreview> {
    const invoice = await this.gateway.call((stripe) =>
      stripe.invoices.createPreview({
        subscription: subscriptionId,
        subscription_details: {
          ...CHARGED_AT_ONCE,
          proration_date: prorationDate,
          items: [{ id: itemId, price: priceId, quantity: 1 }],
        },
      }),
    );
    const ends = invoice.lines.data.map(({ period }) => period.end);
    return {
      dueNowMinor: invoice.amount_due,
      currency: invoice.currency,
      nextChargeAt: new Date(Math.max(...ends, prorationDate) * 1000),
    };
  }

  /** A payment that fails changes nothing: Stripe keeps the change pending until its invoice is paid, or drops it. */
  async change(change: ImmediateChange, idempotencyKey: string): Promise<void> {
    const { subscriptionId, itemId, priceId, prorationDate, liftsCancellation } = change;
    await this.gateway.call((stripe) =>
      stripe.subscriptions.update(
        subscriptionId,
        {
          ...CHARGED_AT_ONCE,
          proration_date: prorationDate,
          payment_behavior: 'pending_if_incomplete',
          items: [{ id: itemId, price: priceId, quantity: 1 }],
          ...(liftsCancellation ? { cancel_at_period_end: false } : {}),
        },
        { idempotencyKey },
      ),
    );
  }
}

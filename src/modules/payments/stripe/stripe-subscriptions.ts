import { Injectable } from '@nestjs/common';
import { StripeGateway } from './stripe.gateway';

/** The exact change to repeat under its key; stored with the operation. */
export type SubscriptionChange =
  | { readonly cancel_at_period_end: boolean }
  // An empty string is Stripe's way to clear a date.
  | { readonly cancel_at: '' };

/** Writes to subscriptions. */
@Injectable()
export class StripeSubscriptions {
  constructor(private readonly gateway: StripeGateway) {}

  async update(subscriptionId: string, change: SubscriptionChange, idempotencyKey: string): Promise<void> {
    await this.gateway.call((stripe) =>
      stripe.subscriptions.update(subscriptionId, change, { idempotencyKey }),
    );
  }
}

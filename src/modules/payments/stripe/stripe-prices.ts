import { Injectable } from '@nestjs/common';
import { idOf } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

export interface PriceSnapshot {
  readonly id: string;
  readonly productId: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** Prices we sell. Amount and product of a price id never change at Stripe. */
@Injectable()
export class StripePrices {
  constructor(private readonly gateway: StripeGateway) {}

  async fetch(priceId: string): Promise<PriceSnapshot> {
    const price = await this.gateway.call((stripe) => stripe.prices.retrieve(priceId));
    if (price.recurring === null || price.unit_amount === null) {
      throw new Error(`price ${priceId} is not a fixed recurring price`);
    }
    return {
      id: price.id,
      productId: idOf(price.product),
      amountMinor: price.unit_amount,
      currency: price.currency,
    };
  }
}

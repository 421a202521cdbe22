import { Injectable } from '@nestjs/common';
import { StripeGateway } from './stripe.gateway';

export interface PriceSnapshot {
  readonly id: string;
  readonly productId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly interval: string;
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
      productId: typeof price.product === 'string' ? price.product : price.product.id,
      amountMinor: price.unit_amount,
      currency: price.currency,
      interval: price.recurring.interval,
    };
  }
}

import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { idOf } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

export interface PriceSnapshot {
  readonly productId: string;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly active: boolean;
  readonly productActive: boolean;
  readonly interval: string | undefined;
  readonly intervalCount: number;
  readonly taxBehavior: 'inclusive' | 'exclusive' | 'unspecified';
}

/** Prices we sell. Amount and product of a price id never change at Stripe; both can be archived. */
@Injectable()
export class StripePrices {
  constructor(private readonly gateway: StripeGateway) {}

  /** Undefined when the account of the key has no such price. */
  async find(priceId: string): Promise<PriceSnapshot | undefined> {
    const price = await this.gateway.find((stripe) =>
      stripe.prices.retrieve(priceId, { expand: ['product'] }),
    );
    return price && toSnapshot(price);
  }
}

function toSnapshot(price: Stripe.Price): PriceSnapshot {
  const { product, tax_behavior: tax } = price;
  const isKnown = typeof product !== 'string' && product.deleted !== true;
  return {
    productId: idOf(product),
    amountMinor: price.unit_amount,
    currency: price.currency,
    active: price.active,
    productActive: typeof product === 'string' || (isKnown && product.active),
    interval: price.recurring?.interval,
    intervalCount: price.recurring?.interval_count ?? 1,
    taxBehavior: (['inclusive', 'exclusive'] as const).find((known) => known === tax) ?? 'unspecified',
  };
}

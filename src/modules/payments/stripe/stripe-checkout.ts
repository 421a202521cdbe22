import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { StripeGateway } from './stripe.gateway';

export interface CheckoutSnapshot {
  readonly id: string;
  readonly status: 'open' | 'complete' | 'expired';
  readonly paymentStatus: string;
  /** Null once it is no longer open. */
  readonly url: string | null;
  readonly expiresAt: Date;
}

/** What to create; stored with the operation and repeated exactly. */
export interface CheckoutParams {
  readonly checkoutId: string;
  readonly userId: string;
  readonly customerId: string;
  readonly priceId: string;
  readonly promotionCodeId?: string;
  readonly trialDays?: number;
  readonly automaticTax?: true;
  readonly taxIdCollection?: true;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

function toStatus(status: string | null): CheckoutSnapshot['status'] {
  // Only these three exist; anything newer is not open for payment, which is all that matters here.
  return status === 'open' || status === 'complete' ? status : 'expired';
}

function toSnapshot(session: Stripe.Checkout.Session): CheckoutSnapshot {
  return {
    id: session.id,
    status: toStatus(session.status),
    paymentStatus: session.payment_status,
    url: session.url,
    expiresAt: new Date(session.expires_at * 1000),
  };
}

/** Stripe-hosted payment pages. */
@Injectable()
export class StripeCheckout {
  constructor(private readonly gateway: StripeGateway) {}

  async create(params: CheckoutParams, idempotencyKey: string): Promise<CheckoutSnapshot> {
    const reference = { user_id: params.userId, checkout_id: params.checkoutId };
    const session = await this.gateway.call((stripe) =>
      stripe.checkout.sessions.create(
        {
          mode: 'subscription',
          customer: params.customerId,
          client_reference_id: params.userId,
          line_items: [{ price: params.priceId, quantity: 1 }],
          ...(params.promotionCodeId === undefined
            ? {}
            : { discounts: [{ promotion_code: params.promotionCodeId }] }),
          success_url: params.successUrl,
          cancel_url: params.cancelUrl,
          metadata: reference,
          subscription_data: { metadata: reference, ...trialOf(params) },
          ...taxOf(params),
        },
        { idempotencyKey },
      ),
    );
    return toSnapshot(session);
  }

  /** Undefined when Stripe does not know the session: nobody can pay it any more. */
  async find(sessionId: string): Promise<CheckoutSnapshot | undefined> {
    const session = await this.gateway.find((stripe) => stripe.checkout.sessions.retrieve(sessionId));
    return session && toSnapshot(session);
  }

  async expire(sessionId: string, idempotencyKey: string): Promise<CheckoutSnapshot> {
    const session = await this.gateway.call((stripe) =>
      stripe.checkout.sessions.expire(sessionId, {}, { idempotencyKey }),
    );
    return toSnapshot(session);
  }
}

// A card is always collected, so a trial that ends without one was tampered with.
function trialOf({ trialDays }: CheckoutParams): Stripe.Checkout.SessionCreateParams.SubscriptionData {
  if (trialDays === undefined) return {};
  return {
    trial_period_days: trialDays,
    trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
  };
}

// Tax needs the address, and a tax id the name, of an existing customer: what the buyer enters becomes the customer's.
function taxOf(params: CheckoutParams): Partial<Stripe.Checkout.SessionCreateParams> {
  const { automaticTax, taxIdCollection } = params;
  if (automaticTax === undefined && taxIdCollection === undefined) return {};
  return {
    ...(automaticTax === undefined ? {} : { automatic_tax: { enabled: true } }),
    ...(taxIdCollection === undefined ? {} : { tax_id_collection: { enabled: true } }),
    customer_update: { address: 'auto', name: 'auto' },
  };
}

import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { idOrNull } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

export interface Decline {
  /** The bank's reason, or Stripe's code when the bank gave none. */
  readonly code: string;
  readonly at: Date;
}

/** Attempts to pay, current state. */
@Injectable()
export class StripeIntents {
  constructor(private readonly gateway: StripeGateway) {}

  async findCustomer(intentId: string): Promise<string | undefined> {
    const intent = await this.gateway.call((stripe) => stripe.paymentIntents.retrieve(intentId));
    return idOrNull(intent.customer) ?? undefined;
  }

  /** The decline of an attempt on a payment page. Undefined once it succeeded, and for the payment of an invoice. */
  async findCheckoutDecline(intentId: string): Promise<Decline | undefined> {
    const intent = await this.gateway.call((stripe) =>
      stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] }),
    );
    const error = intent.last_payment_error;
    if (error === null || intent.status === 'succeeded' || (await this.paysInvoice(intentId)))
      return undefined;
    return { code: error.decline_code ?? error.code ?? 'generic_decline', at: attemptedAt(intent) };
  }

  private async paysInvoice(intentId: string): Promise<boolean> {
    const payment = { type: 'payment_intent' as const, payment_intent: intentId };
    const { data } = await this.gateway.call((stripe) => stripe.invoicePayments.list({ payment, limit: 1 }));
    return data.length > 0;
  }
}

// All attempts of a payment page share one intent; its charge is the latest attempt.
function attemptedAt({ latest_charge: charge, created }: Stripe.PaymentIntent): Date {
  const seconds = charge === null || typeof charge === 'string' ? created : charge.created;
  return new Date(seconds * 1000);
}

import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import { idOrNull } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

/** How a subscription came about. */
export interface PurchaseSnapshot {
  readonly subscriptionId: string;
  /** Our checkout, null for a subscription that was made elsewhere. */
  readonly checkoutId: string | null;
  /** Identifies the card or account across customers; null while it is not known. */
  readonly fingerprint: string | null;
  /** The first payment, while no further invoice exists. */
  readonly firstPayment: FirstPayment | null;
}

export interface FirstPayment {
  readonly paymentIntentId: string;
  readonly paidAt: Date;
  readonly amountMinor: number;
  readonly currency: string;
  readonly disputed: boolean;
}

/** Purchases behind subscriptions, and giving one back. */
@Injectable()
export class StripePurchases {
  constructor(private readonly gateway: StripeGateway) {}

  async describe(subscriptionId: string): Promise<PurchaseSnapshot> {
    const subscription = await this.gateway.call((stripe) =>
      stripe.subscriptions.retrieve(subscriptionId, { expand: ['default_payment_method', 'latest_invoice'] }),
    );
    const { default_payment_method: method, latest_invoice: invoice } = subscription;
    return {
      subscriptionId,
      checkoutId: subscription.metadata['checkout_id'] ?? null,
      fingerprint: method === null || typeof method === 'string' ? null : fingerprintOf(method),
      firstPayment:
        invoice === null || typeof invoice === 'string' ? null : await this.readFirstPayment(invoice),
    };
  }

  /** Gives the first payment back, unless that has been done. Repeating the key gives the same refund. */
  async refund(paymentIntentId: string, idempotencyKey: string): Promise<void> {
    try {
      await this.gateway.call((stripe) =>
        stripe.refunds.create({ payment_intent: paymentIntentId, reason: 'duplicate' }, { idempotencyKey }),
      );
    } catch (error) {
      const isDone = error instanceof StripeRejectedError && error.stripeCode === 'charge_already_refunded';
      if (!isDone) throw error;
    }
  }

  private async readFirstPayment(invoice: Stripe.Invoice): Promise<FirstPayment | null> {
    const paidAt = invoice.status_transitions.paid_at;
    if (invoice.billing_reason !== 'subscription_create' || paidAt === null || invoice.amount_paid === 0)
      return null;
    const { data } = await this.gateway.call((stripe) =>
      stripe.invoicePayments.list({ invoice: invoice.id, status: 'paid', limit: 1 }),
    );
    const paymentIntentId = idOrNull(data[0]?.payment.payment_intent);
    if (paymentIntentId === null) return null;
    const { latest_charge: charge } = await this.gateway.call((stripe) =>
      stripe.paymentIntents.retrieve(paymentIntentId, { expand: ['latest_charge'] }),
    );
    return {
      paymentIntentId,
      paidAt: new Date(paidAt * 1000),
      amountMinor: invoice.amount_paid,
      currency: invoice.currency,
      disputed: charge !== null && typeof charge !== 'string' && charge.disputed,
    };
  }
}

function fingerprintOf({ card, sepa_debit: debit, us_bank_account: account }: Stripe.PaymentMethod) {
  return card?.fingerprint ?? debit?.fingerprint ?? account?.fingerprint ?? null;
}

import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { originOf, type PaymentOrigin } from './stripe-payments';
import { StripeGateway } from './stripe.gateway';

export interface RefundSnapshot {
  readonly id: string;
  /** Stripe's: pending, requires_action, succeeded, failed, canceled. Only a succeeded refund has returned money. */
  readonly status: string;
  readonly amountMinor: number;
  readonly createdAt: Date;
}

const toSnapshot = ({ id, status, amount, created }: Stripe.Refund): RefundSnapshot => ({
  id,
  status: status ?? 'unknown',
  amountMinor: amount,
  createdAt: new Date(created * 1000),
});

/** Refunds, current state. */
@Injectable()
export class StripeRefunds {
  constructor(private readonly gateway: StripeGateway) {}

  async findOrigin(refundId: string): Promise<PaymentOrigin> {
    const { charge } = await this.gateway.call((stripe) =>
      stripe.refunds.retrieve(refundId, { expand: ['charge'] }),
    );
    if (typeof charge === 'string') throw new Error(`charge of ${refundId} was not expanded`);
    return charge === null ? { customerId: null, paymentIntentId: null } : originOf(charge);
  }

  /** Returns all that the payment still holds. Repeating the same key gives the same refund. */
  async create(
    { paymentIntentId, refundRequestId }: { paymentIntentId: string; refundRequestId: string },
    idempotencyKey: string,
  ): Promise<{ id: string }> {
    const { id } = await this.gateway.call((stripe) =>
      stripe.refunds.create(
        {
          payment_intent: paymentIntentId,
          reason: 'requested_by_customer',
          metadata: { refund_request_id: refundRequestId },
        },
        { idempotencyKey },
      ),
    );
    return { id };
  }

  /** Nothing of the payment is left to return. */
  async isRefunded(paymentIntentId: string): Promise<boolean> {
    const { latest_charge: charge } = await this.gateway.call((stripe) =>
      stripe.paymentIntents.retrieve(paymentIntentId, { expand: ['latest_charge'] }),
    );
    return typeof charge === 'object' && charge?.refunded === true;
  }

  /** Returns a part of what was paid, or all of it. Repeating the same key gives the same refund. */
  async createPart(
    { paymentIntentId, amountMinor }: { readonly paymentIntentId: string; readonly amountMinor: number },
    idempotencyKey: string,
  ): Promise<{ id: string }> {
    const refund = await this.gateway.call((stripe) =>
      stripe.refunds.create({ payment_intent: paymentIntentId, amount: amountMinor }, { idempotencyKey }),
    );
    return { id: refund.id };
  }

  async listOfPaymentIntent(paymentIntentId: string): Promise<RefundSnapshot[]> {
    const refunds = await this.gateway.call((stripe) =>
      stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }).autoPagingToArray({ limit: 1000 }),
    );
    return refunds.map(toSnapshot);
  }
}

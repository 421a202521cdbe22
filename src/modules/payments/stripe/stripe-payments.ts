import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { idOf, idOrNull } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

const PAGE = 100;

/** Where money came from: the customer who paid, and the payment intent that invoices refer to. */
export interface PaymentOrigin {
  readonly customerId: string | null;
  readonly paymentIntentId: string | null;
}

/** One payment towards an invoice that has succeeded. */
export interface PaidPayment {
  readonly paymentIntentId: string;
  readonly amountMinor: number;
}

export const originOf = (charge: Stripe.Charge): PaymentOrigin => ({
  customerId: idOrNull(charge.customer),
  paymentIntentId: idOrNull(charge.payment_intent),
});

/**
 * From a charge to what it paid. Since 2025-03-31.basil neither charge nor payment intent names an invoice: the invoice
 * payments do. An invoice may be paid by several.
 */
@Injectable()
export class StripePayments {
  constructor(private readonly gateway: StripeGateway) {}

  async findOriginOfCharge(chargeId: string): Promise<PaymentOrigin> {
    return originOf(await this.gateway.call((stripe) => stripe.charges.retrieve(chargeId)));
  }

  async findCustomerOfInvoicePayment(invoicePaymentId: string): Promise<string | undefined> {
    const { invoice } = await this.gateway.call((stripe) =>
      stripe.invoicePayments.retrieve(invoicePaymentId),
    );
    const { customer } = await this.gateway.call((stripe) => stripe.invoices.retrieve(idOf(invoice)));
    return idOrNull(customer) ?? undefined;
  }

  /** Undefined for an invoice that does not exist. */
  async findCustomerOfInvoice(invoiceId: string): Promise<string | undefined> {
    const invoice = await this.gateway.find((stripe) => stripe.invoices.retrieve(invoiceId));
    return idOrNull(invoice?.customer ?? null) ?? undefined;
  }

  async findCustomerOfWarning(warningId: string): Promise<string | undefined> {
    const { charge } = await this.gateway.call((stripe) =>
      stripe.radar.earlyFraudWarnings.retrieve(warningId),
    );
    return (await this.findOriginOfCharge(idOf(charge))).customerId ?? undefined;
  }

  /** The invoices that a payment intent pays, none for a payment without an invoice. */
  async listInvoiceIds(paymentIntentId: string): Promise<string[]> {
    const payment = { type: 'payment_intent' as const, payment_intent: paymentIntentId };
    const payments = await this.list({ payment });
    return [...new Set(payments.map(({ invoice }) => idOf(invoice)))];
  }

  async listPaid(invoiceId: string): Promise<PaidPayment[]> {
    const payments = await this.list({ invoice: invoiceId, status: 'paid' });
    return payments.flatMap(({ payment, amount_paid }) =>
      payment.payment_intent === undefined
        ? []
        : [{ paymentIntentId: idOf(payment.payment_intent), amountMinor: amount_paid ?? 0 }],
    );
  }

  private list(params: Stripe.InvoicePaymentListParams): Promise<Stripe.InvoicePayment[]> {
    return this.gateway.call((stripe) =>
      stripe.invoicePayments.list({ ...params, limit: PAGE }).autoPagingToArray({ limit: 1000 }),
    );
  }
}

import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { InvoiceListing } from 'src/modules/payments/domain/invoice';
import { idOrNull } from './stripe-ids';
import { toChargeSnapshot, toInvoiceSnapshot } from './stripe-invoice.mapper';
import { StripeGateway } from './stripe.gateway';

const PAGE = 100;
const ALL = 10_000;

/** Invoices with their lines and payments, current state. */
@Injectable()
export class StripeInvoices {
  constructor(private readonly gateway: StripeGateway) {}

  /**
   * The customer's invoices created since, all when null, and what their payments and the newest charges say: one call
   * for each, and one more for every further hundred. Undefined for a customer that Stripe no longer lists.
   */
  async list(customerId: string, since: Date | null): Promise<InvoiceListing | undefined> {
    const [invoices, charges] = await Promise.all([
      this.listInvoices(customerId, since),
      this.listCharges(customerId, since === null ? ALL : PAGE),
    ]);
    if (invoices === undefined || charges === undefined) return undefined;
    const complete = await Promise.all(invoices.map((invoice) => this.withAllLines(invoice)));
    const chargesOf = (payment: Stripe.InvoicePayment.Payment) =>
      charges.filter((charge) => isFor(charge, payment));
    return {
      since,
      invoices: complete.map((invoice) => toInvoiceSnapshot(invoice, chargesOf)),
      charges: charges.map(toChargeSnapshot),
    };
  }

  private listInvoices(customer: string, since: Date | null): Promise<Stripe.Invoice[] | undefined> {
    const created = since === null ? {} : { created: { gte: Math.floor(since.getTime() / 1000) } };
    return this.gateway.find((stripe) =>
      stripe.invoices
        .list({ customer, limit: PAGE, ...created, expand: ['data.payments'] })
        .autoPagingToArray({ limit: ALL }),
    );
  }

  /** An invoice names its payments, and a payment its intent; cards, fees and refunds are on the charge. */
  private listCharges(customer: string, limit: number): Promise<Stripe.Charge[] | undefined> {
    return this.gateway.find((stripe) =>
      stripe.charges
        .list({ customer, limit: PAGE, expand: ['data.balance_transaction'] })
        .autoPagingToArray({ limit }),
    );
  }

  /** An invoice carries its first ten lines. */
  private async withAllLines(invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
    if (!invoice.lines.has_more) return invoice;
    const data = await this.gateway.call((stripe) =>
      stripe.invoices.listLineItems(invoice.id, { limit: PAGE }).autoPagingToArray({ limit: ALL }),
    );
    return { ...invoice, lines: { ...invoice.lines, data } };
  }
}

function isFor(charge: Stripe.Charge, payment: Stripe.InvoicePayment.Payment): boolean {
  const intent = idOrNull(payment.payment_intent);
  return intent === null
    ? charge.id === idOrNull(payment.charge)
    : idOrNull(charge.payment_intent) === intent;
}

import { Injectable } from '@nestjs/common';
import { idOrNull } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

/** Money that has arrived. `id` is the invoice, or the Checkout Session of a payment without one. */
export interface ReceivedPayment {
  readonly id: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly productIds: readonly string[];
  /** What the link that was paid said about its buyer: a claim, no proof. */
  readonly clientReferenceId: string | null;
  readonly subscriptionId: string | null;
}

/** Payments as they are told to a person: what was paid, and for what. */
@Injectable()
export class StripeReceipts {
  constructor(private readonly gateway: StripeGateway) {}

  /** Undefined while nothing was paid, and when the account has no such invoice. */
  async findOfInvoice(invoiceId: string): Promise<ReceivedPayment | undefined> {
    const invoice = await this.gateway.find((stripe) => stripe.invoices.retrieve(invoiceId));
    if (invoice?.status !== 'paid' || invoice.amount_paid === 0) return undefined;
    const productIds = invoice.lines.data.flatMap(({ pricing }) => pricing?.price_details?.product ?? []);
    return {
      id: invoice.id,
      amountMinor: invoice.amount_paid,
      currency: invoice.currency,
      productIds,
      clientReferenceId: null,
      subscriptionId: idOrNull(invoice.parent?.subscription_details?.subscription),
    };
  }

  /** Undefined as above. The invoice of a session identifies it: both tell of the same money. */
  async findOfCheckout(sessionId: string): Promise<ReceivedPayment | undefined> {
    const session = await this.gateway.find((stripe) =>
      stripe.checkout.sessions.retrieve(sessionId, { expand: ['line_items'] }),
    );
    const amountMinor = session?.amount_total ?? 0;
    if (session?.payment_status !== 'paid' || amountMinor === 0) return undefined;
    const productIds = (session.line_items?.data ?? []).map(({ price }) => idOrNull(price?.product));
    return {
      id: idOrNull(session.invoice) ?? session.id,
      amountMinor,
      currency: session.currency ?? 'usd',
      productIds: productIds.filter((id) => id !== null),
      clientReferenceId: session.client_reference_id,
      subscriptionId: idOrNull(session.subscription),
    };
  }
}

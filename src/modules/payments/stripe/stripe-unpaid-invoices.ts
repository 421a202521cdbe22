import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { InvoiceView, PaymentProgress, UnpaidInvoice } from 'src/modules/payments/domain/invoice-view';
import { toInvoiceView } from './stripe-invoice-view.mapper';
import { StripeGateway } from './stripe.gateway';

const PAGE = 100;

export interface InvoicePage {
  readonly invoices: readonly InvoiceView[];
  readonly hasMore: boolean;
}

export interface UpcomingInvoice {
  readonly amountMinor: number;
  readonly currency: string;
  readonly at: Date;
}

/** Invoices as Stripe has them now. */
@Injectable()
export class StripeUnpaidInvoices {
  constructor(private readonly gateway: StripeGateway) {}

  /** One page of a customer's invoices, newest first. */
  async list(customerId: string, page: { limit: number; after?: string | undefined }): Promise<InvoicePage> {
    const { data, has_more: hasMore } = await this.gateway.call((stripe) =>
      stripe.invoices.list({
        customer: customerId,
        limit: page.limit,
        ...(page.after === undefined ? {} : { starting_after: page.after }),
      }),
    );
    return { invoices: data.map(toInvoiceView), hasMore };
  }

  async get(invoiceId: string): Promise<InvoiceView & { readonly customerId: string | null }> {
    const invoice = await this.gateway.call((stripe) => stripe.invoices.retrieve(invoiceId));
    const { customer } = invoice;
    const customerId = typeof customer === 'string' ? customer : (customer?.id ?? null);
    return { ...toInvoiceView(invoice), customerId };
  }

  /** What the next renewal will cost; `at` is the end of the current period. */
  async preview(subscriptionId: string, at: Date): Promise<UpcomingInvoice> {
    const invoice = await this.gateway.call((stripe) =>
      stripe.invoices.createPreview({ subscription: subscriptionId }),
    );
    return { amountMinor: invoice.amount_due, currency: invoice.currency, at };
  }

  /** Open invoices and drafts, newest first. */
  async listUnpaid(owner: { customer: string } | { subscription: string }): Promise<UnpaidInvoice[]> {
    const lists = await Promise.all([
      this.listAll({ ...owner, status: 'open' }),
      this.listAll({ ...owner, status: 'draft' }),
    ]);
    const unpaid = await Promise.all(lists.flat().map((invoice) => this.toUnpaid(invoice)));
    return unpaid.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  /** The receipt of the payment that succeeded last; undefined when nothing was charged. */
  async findReceiptUrl(invoiceId: string): Promise<string | undefined> {
    const payments = await this.listPayments(invoiceId, 'paid');
    const intent = payments[0]?.payment.payment_intent;
    if (intent === undefined || typeof intent === 'string') return undefined;
    const charge = intent.latest_charge;
    if (charge === null) return undefined;
    const id = typeof charge === 'string' ? charge : charge.id;
    const { receipt_url: url } = await this.gateway.call((stripe) => stripe.charges.retrieve(id));
    return url ?? undefined;
  }

  private listAll(params: Stripe.InvoiceListParams): Promise<Stripe.Invoice[]> {
    return this.gateway.call((stripe) =>
      stripe.invoices.list({ ...params, limit: PAGE }).autoPagingToArray({ limit: 1000 }),
    );
  }

  private async toUnpaid(invoice: Stripe.Invoice): Promise<UnpaidInvoice> {
    const snapshot = toInvoiceView(invoice);
    if (snapshot.status === 'draft') return { ...snapshot, progress: 'none' };
    const payments = await this.listPayments(snapshot.id, 'open');
    return { ...snapshot, progress: progressOf(payments) };
  }

  private async listPayments(invoice: string, status: 'open' | 'paid'): Promise<Stripe.InvoicePayment[]> {
    const { data } = await this.gateway.call((stripe) =>
      stripe.invoicePayments.list({
        invoice,
        status,
        limit: PAGE,
        expand: ['data.payment.payment_intent'],
      }),
    );
    return data;
  }
}

function progressOf(payments: readonly Stripe.InvoicePayment[]): PaymentProgress {
  const states = payments.map(({ payment }) => stateOf(payment.payment_intent));
  return (
    (['processing', 'action_required', 'failed'] as const).find((state) => states.includes(state)) ?? 'none'
  );
}

function stateOf(intent: string | Stripe.PaymentIntent | undefined): PaymentProgress {
  if (intent === undefined || typeof intent === 'string') return 'none';
  if (intent.status === 'processing') return 'processing';
  if (intent.status === 'requires_action') return 'action_required';
  return intent.last_payment_error === null ? 'none' : 'failed';
}

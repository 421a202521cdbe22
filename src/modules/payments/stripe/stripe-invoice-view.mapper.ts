import type Stripe from 'stripe';
import type { InvoiceView } from 'src/modules/payments/domain/invoice-view';
import { INVOICE_STATUSES } from 'src/modules/payments/domain/subscription';
import { idOrNull } from './stripe-ids';

const date = (seconds: number): Date => new Date(seconds * 1000);

/** Stripe's invoice to ours. Lines beyond the first page are not read: a subscription of ours has few. */
export function toInvoiceView(invoice: Stripe.Invoice): InvoiceView {
  const { due_date: due, status } = invoice;
  return {
    id: invoice.id ?? 'unknown',
    number: invoice.number,
    status: INVOICE_STATUSES.find((known) => known === status) ?? 'unknown',
    billingReason: invoice.billing_reason ?? 'unknown',
    subscriptionId: idOrNull(invoice.parent?.subscription_details?.subscription),
    currency: invoice.currency,
    totalMinor: invoice.total,
    paidMinor: invoice.amount_paid,
    dueMinor: invoice.amount_remaining,
    createdAt: date(invoice.created),
    dueDate: due === null ? null : date(due),
    hostedUrl: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
    periods: invoice.lines.data.filter(paysForPeriod).map(({ period }) => ({
      start: date(period.start),
      end: date(period.end),
    })),
  };
}

const paysForPeriod = ({ parent }: Stripe.InvoiceLineItem): boolean =>
  parent?.subscription_item_details?.proration === false;

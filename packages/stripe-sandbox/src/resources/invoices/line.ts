import type Stripe from 'stripe';

export type InvoiceLineRecord = Omit<Stripe.InvoiceLineItem, 'quantity_decimal'> & {
  quantity_decimal: string | null;
};

/** A line before it belongs to an invoice. */
export type NewLine = Omit<InvoiceLineRecord, 'invoice'>;

import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { wholeList } from '../../http/pagination';
import { customers, type CustomerRecord } from '../customers/customer';

export type InvoiceLineRecord = Omit<Stripe.InvoiceLineItem, 'quantity_decimal'> & {
  quantity_decimal: string | null;
};

export type InvoiceRecord = Omit<
  Stripe.Invoice,
  'id' | 'customer' | 'lines' | 'deleted' | 'default_payment_method'
> & {
  id: string;
  customer: string;
  default_payment_method: string | null;
  lines: { object: 'list'; data: InvoiceLineRecord[]; has_more: boolean; url: string };
};

export const invoices = defineCollection<InvoiceRecord & { id: string }>('invoices', ['customer']);

export interface InvoiceDraft {
  customer: CustomerRecord;
  currency: string;
  billing_reason: Stripe.Invoice.BillingReason;
  lines: Array<Omit<InvoiceLineRecord, 'invoice'>>;
  subscription?: { id: string; metadata: Record<string, string> };
  period: { start: number; end: number };
  default_payment_method?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  collection_method?: Stripe.Invoice.CollectionMethod;
  finalizes_at?: number | null;
  auto_advance?: boolean;
}

/** Makes a draft; emits invoice.created. */
export function draftInvoice(world: World, draft: InvoiceDraft): InvoiceRecord {
  const invoice = invoices(world).put(buildInvoice(draft, world.clock.now()));
  world.journal.emit('invoice.created', invoice);
  return invoice;
}

function buildInvoice(draft: InvoiceDraft, now: number): InvoiceRecord {
  const id = newId('in', 24);
  const total = draft.lines.reduce((sum, line) => sum + line.amount, 0);
  const due = Math.max(0, total);
  const { customer } = draft;
  return {
    ...invoiceDefaults(),
    id,
    amount_due: due,
    amount_remaining: due,
    auto_advance: draft.auto_advance ?? true,
    automatically_finalizes_at: draft.finalizes_at ?? null,
    billing_reason: draft.billing_reason,
    collection_method: draft.collection_method ?? 'charge_automatically',
    created: now,
    currency: draft.currency,
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    default_payment_method: draft.default_payment_method ?? null,
    description: draft.description ?? null,
    lines: wholeList(
      draft.lines.map((line) => ({ ...line, invoice: id })),
      `/v1/invoices/${id}/lines`,
    ),
    metadata: draft.metadata ?? {},
    next_payment_attempt: draft.finalizes_at ?? null,
    parent: parentOf(draft.subscription),
    period_end: draft.period.end,
    period_start: draft.period.start,
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
  };
}

function parentOf(subscription: InvoiceDraft['subscription']): Stripe.Invoice.Parent | null {
  if (!subscription) return null;
  return {
    type: 'subscription_details',
    quote_details: null,
    subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
  } as Stripe.Invoice.Parent;
}

function invoiceDefaults() {
  return {
    object: 'invoice' as const,
    account_country: 'US',
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    custom_fields: null,
    customer_account: null,
    customer_shipping: null,
    customer_tax_exempt: 'none' as const,
    customer_tax_ids: [],
    default_source: null,
    default_tax_rates: [],
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' as const },
    last_finalization_error: null,
    latest_revision: null,
    livemode: false,
    number: null,
    on_behalf_of: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft' as const,
    test_clock: null,
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
}

export function getInvoice(world: World, id: string, param = 'id'): InvoiceRecord {
  const invoice = invoices(world).find(id);
  if (!invoice) throw noSuch('invoice', id, param);
  return invoice;
}

/** Changes an invoice; the caller announces it. */
export function changeInvoice(world: World, id: string, change: Partial<InvoiceRecord>): InvoiceRecord {
  getInvoice(world, id);
  return invoices(world).patch(id, change);
}

/** Changes an invoice and emits invoice.updated with what it was before. */
export function updateInvoice(world: World, id: string, change: Partial<InvoiceRecord>): InvoiceRecord {
  const before = getInvoice(world, id);
  const after = invoices(world).patch(id, change);
  world.journal.emit('invoice.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

export function subscriptionOf(invoice: InvoiceRecord): string | undefined {
  return invoice.parent?.subscription_details?.subscription as string | undefined;
}

/** Gives the next number of the customer's series, e.g. `A1B2C3D4-0001`. */
export function nextInvoiceNumber(world: World, customerId: string): string {
  const customer = customers(world).find(customerId);
  if (!customer) return `${customerId}-0001`;
  customers(world).patch(customerId, { next_invoice_sequence: customer.next_invoice_sequence + 1 });
  return `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`;
}

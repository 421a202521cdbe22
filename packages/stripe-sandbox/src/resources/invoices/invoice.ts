import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { type CollectionOf, defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { wholeList } from '../../http/pagination';
import { customers, type CustomerRecord } from '../customers/customer';
import { type DiscountRecord, endIfUsedUp } from '../discounts/discount';
import { invoiceDefaults } from './invoice-defaults';
import type { InvoiceLineRecord, NewLine } from './line';
import { totalsOf } from './totals';

export type InvoiceRecord = Omit<
  Stripe.Invoice,
  'id' | 'customer' | 'lines' | 'deleted' | 'default_payment_method'
> & {
  id: string;
  customer: string;
  default_payment_method: string | null;
  lines: { object: 'list'; data: InvoiceLineRecord[]; has_more: boolean; total_count: number; url: string };
};

export const invoices: CollectionOf<InvoiceRecord> = defineCollection('invoices', ['customer']);

export interface InvoiceDraft {
  customer: CustomerRecord;
  currency: string;
  billing_reason: Stripe.Invoice.BillingReason;
  lines: NewLine[];
  subscription?: { id: string; metadata: Record<string, string> };
  period: { start: number; end: number };
  default_payment_method?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  collection_method?: Stripe.Invoice.CollectionMethod;
  finalizes_at?: number | null;
  auto_advance?: boolean;
  days_until_due?: number | null;
  due_date?: number | null;
  footer?: string | null;
  discounts?: readonly DiscountRecord[];
}

/** Makes a draft; emits invoice.created. Discounts that are for one invoice only are used up by it. */
export function draftInvoice(world: World, draft: InvoiceDraft): InvoiceRecord {
  const invoice = invoices(world).put(buildInvoice(world, draft, newId('in', 24)));
  world.journal.emit('invoice.created', invoice);
  for (const { discount, amount } of invoice.total_discount_amounts ?? []) {
    if (amount > 0) endIfUsedUp(world, discount as string);
  }
  return invoice;
}

/** An invoice that is not stored yet, e.g. for a preview. */
export function buildInvoice(world: World, draft: InvoiceDraft, id: string): InvoiceRecord {
  const now = world.clock.now();
  const { customer } = draft;
  const { lines, ...totals } = totalsOf(world, draft.lines, draft.discounts ?? []);
  return {
    ...invoiceDefaults(),
    id,
    auto_advance: draft.auto_advance ?? true,
    automatically_finalizes_at: draft.finalizes_at ?? null,
    billing_reason: draft.billing_reason,
    collection_method: draft.collection_method ?? 'charge_automatically',
    created: now,
    currency: draft.currency,
    customer: customer.id,
    ...customerFields(customer),
    default_payment_method: draft.default_payment_method ?? null,
    description: draft.description ?? null,
    due_date: draft.due_date ?? dueDate(now, draft.days_until_due),
    footer: draft.footer ?? customer.invoice_settings.footer,
    lines: {
      ...wholeList(
        lines.map((line) => ({ ...line, invoice: id })),
        `/v1/invoices/${id}/lines`,
      ),
      total_count: lines.length,
    },
    metadata: draft.metadata ?? {},
    next_payment_attempt: draft.collection_method === 'send_invoice' ? null : (draft.finalizes_at ?? null),
    parent: parentOf(draft.subscription),
    test_clock: customer.test_clock ?? null,
    period_end: draft.period.end,
    period_start: draft.period.start,
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    discounts: (draft.discounts ?? []).map((discount) => discount.id),
    ...totals,
  };
}

/** Copies the customer's details, which later changes do not affect. */
function customerFields({ address, email, name, phone, tax_exempt }: CustomerRecord) {
  return {
    customer_address: address ?? null,
    customer_email: email,
    customer_name: name ?? null,
    customer_phone: phone ?? null,
    customer_tax_exempt: tax_exempt ?? 'none',
  };
}

function dueDate(now: number, days: number | null | undefined): number | null {
  return typeof days === 'number' ? now + days * 86_400 : null;
}

function parentOf(subscription: InvoiceDraft['subscription']): Stripe.Invoice.Parent | null {
  if (!subscription) return null;
  return {
    type: 'subscription_details',
    quote_details: null,
    subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
  } as Stripe.Invoice.Parent;
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

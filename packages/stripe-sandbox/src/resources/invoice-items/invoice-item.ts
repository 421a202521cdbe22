import type Stripe from 'stripe';
import { noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { NewLine } from '../invoices/line';

export type InvoiceItemRecord = Omit<
  Stripe.InvoiceItem,
  'customer' | 'invoice' | 'deleted' | 'quantity_decimal' | 'pricing'
> & {
  customer: string;
  invoice: string | null;
  quantity_decimal: string;
  pricing: NewLine['pricing'];
};

export const invoiceItems = defineCollection<InvoiceItemRecord>('invoiceitems', ['customer', 'invoice']);

export interface NewInvoiceItem {
  customer: string;
  currency: string;
  amount: number;
  quantity?: number;
  description: string | null;
  price?: { id: string; product: string; unit_amount: number } | undefined;
  period?: { start: number; end: number };
  subscription?: { id: string; item?: string } | undefined;
  proration?: boolean;
  discountable?: boolean;
  metadata?: Record<string, string>;
}

/** Something to be put on the customer's next invoice; emits invoiceitem.created. */
export function createInvoiceItem(world: World, wanted: NewInvoiceItem): InvoiceItemRecord {
  const item = invoiceItems(world).put(buildInvoiceItem(wanted, world.clock.now()));
  world.journal.emit('invoiceitem.created', item);
  return item;
}

/** An item that is not stored, e.g. for a preview. */
export function buildInvoiceItem(wanted: NewInvoiceItem, now: number): InvoiceItemRecord {
  const quantity = wanted.quantity ?? 1;
  const { price, subscription } = wanted;
  const unit = price?.unit_amount ?? wanted.amount / quantity;
  return {
    id: newId('ii', 24),
    object: 'invoiceitem',
    amount: wanted.amount,
    currency: wanted.currency,
    customer: wanted.customer,
    customer_account: null,
    date: now,
    description: wanted.description,
    discountable: wanted.discountable ?? !wanted.proration,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: wanted.metadata ?? {},
    net_amount: wanted.amount,
    parent: itemParentOf(subscription),
    period: wanted.period ?? { start: now, end: now },
    pricing: {
      ...(price ? { price_details: { price: price.id, product: price.product } } : {}),
      type: 'price_details',
      unit_amount_decimal: String(unit),
    } as unknown as InvoiceItemRecord['pricing'],
    proration: wanted.proration ?? false,
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: null,
    ...(wanted.proration ? { proration_details: { credited_items: null, discount_amounts: [] } } : {}),
  };
}

function itemParentOf(subscription: NewInvoiceItem['subscription']): InvoiceItemRecord['parent'] {
  if (!subscription) return null;
  return {
    type: 'subscription_details',
    subscription_details: {
      subscription: subscription.id,
      ...(subscription.item ? { subscription_item: subscription.item } : {}),
    },
  };
}

export function getInvoiceItem(world: World, id: string): InvoiceItemRecord {
  const item = invoiceItems(world).find(id);
  if (!item) throw noSuch('invoiceitem', id);
  return item;
}

export function subscriptionOfItem(item: InvoiceItemRecord): string | null {
  return item.parent?.subscription_details?.subscription ?? null;
}

/** Items that wait for an invoice: those of the subscription and, with `loose`, those of no subscription. */
export function pendingItems(
  world: World,
  customer: string,
  which: { subscription?: string | null; loose: boolean },
): InvoiceItemRecord[] {
  return invoiceItems(world)
    .where('customer', customer)
    .filter((item) => {
      const owner = subscriptionOfItem(item);
      if (item.invoice !== null) return false;
      return owner === null ? which.loose : owner === which.subscription;
    });
}

/** The line that an item becomes. */
export function lineOfItem(item: InvoiceItemRecord): NewLine {
  const subscription = subscriptionOfItem(item);
  return {
    id: newId('il', 24),
    object: 'line_item',
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: [],
    livemode: false,
    metadata: item.metadata ?? {},
    parent: parentOf(item, subscription),
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription,
    subtotal: item.amount,
    taxes: [],
  };
}

function parentOf(item: InvoiceItemRecord, subscription: string | null): NewLine['parent'] {
  const { proration } = item;
  const subscription_item = item.parent?.subscription_details?.subscription_item;
  const proration_details = proration ? { credited_items: null } : null;
  if (subscription !== null && subscription_item !== undefined) {
    return {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: item.id,
        proration,
        proration_details,
        subscription,
        subscription_item,
      },
    };
  }
  return {
    type: 'invoice_item_details',
    invoice_item_details: { invoice_item: item.id, proration, proration_details, subscription },
    subscription_item_details: null,
  };
}

/** The items are on this invoice now. */
export function claimItems(world: World, items: readonly InvoiceItemRecord[], invoice: string): void {
  for (const { id } of items) invoiceItems(world).patch(id, { invoice });
}

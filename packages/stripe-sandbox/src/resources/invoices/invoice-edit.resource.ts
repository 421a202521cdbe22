import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { checkCustomerCurrency, getCustomer } from '../customers/customer';
import { readDiscounts } from '../discounts/choice';
import { discountsFor, grantDiscounts } from '../discounts/discount';
import {
  claimItems,
  type InvoiceItemRecord,
  invoiceItems,
  lineOfItem,
  pendingItems,
} from '../invoice-items/invoice-item';
import { finalizeInvoice } from './collection';
import { deleteDraft } from './draft';
import { draftInvoice, getInvoice, type InvoiceDraft, type InvoiceRecord, updateInvoice } from './invoice';
import { markUncollectible } from './uncollected';
import * as accepts from './invoice-edit.parameters';

/** Manual invoices. */
export const invoiceEditResource: Resource = {
  routes: [
    { method: 'POST', path: '/invoices', accepts: accepts.CREATE, handle: create },
    { method: 'POST', path: '/invoices/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'DELETE', path: '/invoices/:id', accepts: accepts.DELETE, handle: remove },
    { method: 'POST', path: '/invoices/:id/send', accepts: accepts.SEND, handle: send },
    {
      method: 'POST',
      path: '/invoices/:id/mark_uncollectible',
      accepts: accepts.MARK_UNCOLLECTIBLE,
      handle: endRetries,
    },
  ],
};

const FINALIZES_AFTER = 3600;

function create({ world, input }: Call): object {
  const customer = getCustomer(world, input.requiredText('customer'), 'customer');
  const now = world.clock.now();
  const items = readPending(world, customer.id, { input });
  const auto_advance = input.flag('auto_advance') ?? false;
  const currency = input.text('currency') ?? items[0]?.currency ?? customer.currency ?? 'usd';
  checkCustomerCurrency(customer, currency);
  const choices = readDiscounts(world, input, { customer: customer.id, amount: 0, currency });
  const subscription = input.text('subscription');
  const invoice = draftInvoice(world, {
    customer,
    currency,
    billing_reason: 'manual',
    lines: items.map(lineOfItem),
    ...(subscription === undefined ? {} : { subscription: { id: subscription, metadata: {} } }),
    period: { start: now, end: now },
    ...readTexts(input),
    ...readCollection(input),
    auto_advance,
    finalizes_at: auto_advance ? now + FINALIZES_AFTER : null,
    discounts: choices
      ? grantDiscounts(world, choices, { customer: customer.id })
      : discountsFor(world, { discounts: [] }, customer),
  });
  claimItems(world, items, invoice.id);
  if (auto_advance) world.scheduler.schedule('invoice.finalize', invoice.id, now + FINALIZES_AFTER);
  return getInvoice(world, invoice.id);
}

function readTexts(
  input: Input,
): Pick<InvoiceDraft, 'default_payment_method' | 'description' | 'footer' | 'metadata'> {
  return {
    default_payment_method: input.text('default_payment_method') ?? null,
    description: input.text('description') ?? null,
    footer: input.text('footer') ?? null,
    metadata: input.metadata(),
  };
}

function readCollection(
  input: Input,
): Pick<InvoiceDraft, 'collection_method' | 'days_until_due' | 'due_date'> {
  const method = input.choice('collection_method', ['charge_automatically', 'send_invoice'] as const);
  const days_until_due = input.integer('days_until_due') ?? null;
  const due_date = input.integer('due_date') ?? null;
  if (method === 'send_invoice' && days_until_due === null && due_date === null) {
    throw invalid('You must specify either days_until_due or due_date.', 'days_until_due');
  }
  return { collection_method: method ?? 'charge_automatically', days_until_due, due_date };
}

/** Nothing by default: `pending_invoice_items_behavior` is `exclude` by default. */
function readPending(world: World, customer: string, { input }: Pick<Call, 'input'>): InvoiceItemRecord[] {
  const behaviour = input.choice('pending_invoice_items_behavior', ['include', 'exclude'] as const);
  const subscription = input.text('subscription');
  if (behaviour !== 'include' && subscription === undefined) return [];
  return pendingItems(world, customer, {
    subscription: subscription ?? null,
    loose: subscription === undefined,
  });
}

function update({ world, input, part }: Call): object {
  const invoice = getInvoice(world, part('id'));
  return updateInvoice(world, invoice.id, {
    metadata: input.metadata(invoice.metadata ?? {}),
    ...(input.has('description') ? { description: input.text('description') ?? null } : {}),
    ...(input.has('footer') ? { footer: input.text('footer') ?? null } : {}),
    ...readDueDate(world, input, invoice),
    ...(input.has('auto_advance') ? { auto_advance: input.flag('auto_advance') ?? false } : {}),
    ...(input.has('default_payment_method')
      ? { default_payment_method: input.text('default_payment_method') ?? null }
      : {}),
  });
}

function readDueDate(world: World, input: Input, { id, status }: InvoiceRecord): Partial<InvoiceRecord> {
  if (!input.has('due_date')) return {};
  const due_date = input.integer('due_date') ?? null;
  if (due_date !== null && status === 'open') world.scheduler.schedule('invoice.due', id, due_date);
  return { due_date };
}

function remove({ world, part }: Call): object {
  const id = part('id');
  return deleteDraft(world, id, () => {
    for (const item of invoiceItems(world).where('invoice', id))
      invoiceItems(world).patch(item.id, { invoice: null });
  });
}

function send({ world, part }: Call): object {
  const invoice = getInvoice(world, part('id'));
  if (invoice.collection_method !== 'send_invoice') {
    throw invalid('You can only send invoices with collection_method=send_invoice.', 'invoice');
  }
  const open = invoice.status === 'draft' ? finalizeInvoice(world, invoice.id) : invoice;
  world.journal.emit('invoice.sent', open);
  return open;
}

function endRetries({ world, part }: Call): object {
  const invoice = getInvoice(world, part('id'));
  if (invoice.status !== 'open')
    throw invalid('You can only mark open invoices as uncollectible.', 'invoice');
  return markUncollectible(world, invoice.id, 'user_forgiven');
}

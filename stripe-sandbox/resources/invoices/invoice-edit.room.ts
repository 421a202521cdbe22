import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import type { Room } from '../../http/room';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
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
import { changeInvoice, draftInvoice, getInvoice, type InvoiceDraft, updateInvoice } from './invoice';

/** Invoices that callers write themselves. */
export const invoiceEditRoom: Room = {
  routes: [
    { method: 'POST', path: '/invoices', handle: create },
    { method: 'POST', path: '/invoices/:id', handle: update },
    { method: 'DELETE', path: '/invoices/:id', handle: remove },
    { method: 'POST', path: '/invoices/:id/send', handle: send },
    { method: 'POST', path: '/invoices/:id/mark_uncollectible', handle: markUncollectible },
  ],
};

const FINALIZES_AFTER = 3600;

function create({ world, input }: Call): object {
  const customer = getCustomer(world, input.requiredText('customer'), 'customer');
  const now = world.clock.now();
  const items = readPending(world, customer.id, { input });
  const auto_advance = input.flag('auto_advance') ?? false;
  const currency = input.text('currency') ?? items[0]?.currency ?? customer.currency ?? 'usd';
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

function readTexts(input: Input): Pick<InvoiceDraft, 'default_payment_method' | 'description' | 'metadata'> {
  return {
    default_payment_method: input.text('default_payment_method') ?? null,
    description: input.text('description') ?? null,
    metadata: input.metadata(),
  };
}

function readCollection(input: Input): Pick<InvoiceDraft, 'collection_method' | 'days_until_due'> {
  const method = input.choice('collection_method', ['charge_automatically', 'send_invoice'] as const);
  const days_until_due = input.integer('days_until_due') ?? null;
  if (method === 'send_invoice' && days_until_due === null && !input.has('due_date')) {
    throw invalid('You must specify either days_until_due or due_date.', 'days_until_due');
  }
  return { collection_method: method ?? 'charge_automatically', days_until_due };
}

/** Nothing unless asked for: `pending_invoice_items_behavior` is `exclude` by default. */
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
    ...(input.has('auto_advance') ? { auto_advance: input.flag('auto_advance') ?? false } : {}),
    ...(input.has('default_payment_method')
      ? { default_payment_method: input.text('default_payment_method') ?? null }
      : {}),
  });
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

function markUncollectible({ world, part }: Call): object {
  const invoice = getInvoice(world, part('id'));
  if (invoice.status !== 'open')
    throw invalid('You can only mark open invoices as uncollectible.', 'invoice');
  const marked = changeInvoice(world, invoice.id, {
    status: 'uncollectible',
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: world.clock.now() },
  });
  world.journal.emit('invoice.marked_uncollectible', marked);
  return marked;
}

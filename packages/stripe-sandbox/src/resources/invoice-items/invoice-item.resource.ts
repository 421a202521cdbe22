import { invalid, missingParam } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { checkCustomerCurrency, getCustomer, setCustomerCurrency } from '../customers/customer';
import { addItemsToDraft, removeItemFromDraft } from '../invoices/draft';
import { getPrice } from '../prices/price';
import { NOTHING } from '../../http/parameters';
import {
  createInvoiceItem,
  getInvoiceItem,
  type InvoiceItemRecord,
  invoiceItems,
  type NewInvoiceItem,
} from './invoice-item';
import * as accepts from './invoice-item.parameters';

export const invoiceItemResource: Resource = {
  routes: [
    { method: 'POST', path: '/invoiceitems', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/invoiceitems', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/invoiceitems/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getInvoiceItem(world, part('id')),
    },
    { method: 'POST', path: '/invoiceitems/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'DELETE', path: '/invoiceitems/:id', accepts: accepts.DELETE, handle: remove },
  ],
};

function create({ world, input }: Call): object {
  const customer = getCustomer(world, input.requiredText('customer'), 'customer');
  const wanted = readItem(world, input);
  checkCustomerCurrency(customer, wanted.currency);
  const item = createInvoiceItem(world, { customer: customer.id, ...wanted });
  setCustomerCurrency(world, customer.id, wanted.currency);
  const invoice = input.text('invoice');
  if (invoice === undefined) return item;
  addItemsToDraft(world, invoice, [item]);
  return getInvoiceItem(world, item.id);
}

/** Reads what an item costs: an amount of its own, or a price and a quantity. */
export function readItem(world: World, input: Input): Omit<NewInvoiceItem, 'customer'> {
  const subscription = input.text('subscription');
  const common = {
    description: input.text('description') ?? null,
    metadata: input.metadata(),
    subscription: subscription === undefined ? undefined : { id: subscription },
    discountable: input.flag('discountable') ?? true,
    ...(input.has('period') ? { period: readPeriod(input.map('period')) } : {}),
  };
  const quantity = input.integer('quantity') ?? 1;
  const wanted = input.map('pricing').text('price') ?? input.text('price');
  if (wanted !== undefined) {
    const price = getPrice(world, wanted, 'pricing[price]');
    return { ...common, price, quantity, currency: price.currency, amount: price.unit_amount * quantity };
  }
  const amount =
    input.integer('amount') ?? input.integer('unit_amount') ?? input.integer('unit_amount_decimal');
  if (amount === undefined) throw missingParam('amount');
  const isTotal = input.has('amount');
  const currency = (input.text('currency') ?? 'usd').toLowerCase();
  return { ...common, quantity, currency, amount: isTotal ? amount : amount * quantity };
}

function readPeriod(input: Input): { start: number; end: number } {
  const start = input.integer('start');
  const end = input.integer('end');
  if (start === undefined || end === undefined || end < start) throw invalid('Invalid period', 'period');
  return { start, end };
}

function list({ world, input }: Call): object {
  const customer = input.text('customer');
  const invoice = input.text('invoice');
  const pending = input.flag('pending');
  const wanted = invoiceItems(world)
    .newestFirst({ invoice, customer })
    .filter((item) => pending === undefined || (item.invoice === null) === pending)
    .filter((item) => createdFilter(input)({ created: item.date }));
  return paginate(wanted, input, '/v1/invoiceitems');
}

function update({ world, input, part }: Call): object {
  const before = getPendingItem(world, part('id'));
  const amount = input.integer('amount') ?? before.amount;
  return invoiceItems(world).patch(before.id, {
    amount,
    net_amount: amount,
    description: input.has('description') ? (input.text('description') ?? null) : before.description,
    metadata: input.metadata(before.metadata ?? {}),
  });
}

function getPendingItem(world: World, id: string): InvoiceItemRecord {
  const item = getInvoiceItem(world, id);
  if (item.invoice === null) return item;
  throw invalid('This invoice item is already on an invoice and can no longer be changed.', 'id');
}

function remove({ world, part }: Call): object {
  const item = getInvoiceItem(world, part('id'));
  if (item.invoice !== null) removeItemFromDraft(world, item.invoice, item.id);
  invoiceItems(world).remove(item.id);
  world.journal.emit('invoiceitem.deleted', item);
  return { id: item.id, object: 'invoiceitem', deleted: true };
}

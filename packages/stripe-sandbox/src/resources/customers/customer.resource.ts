import { invalid, noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { readDiscounts } from '../discounts/choice';
import { discounts, endDiscount, grantDiscounts } from '../discounts/discount';
import { attachPaymentMethod, resolvePaymentMethod } from '../payment-methods/payment-method';
import { getTestClock } from '../test-clocks/test-clock';
import { NOTHING } from '../../http/parameters';
import {
  createCustomer,
  type CustomerRecord,
  customers,
  deleteCustomer,
  getCustomer,
  tombstone,
  updateCustomer,
} from './customer';
import { readFields } from './customer-input';
import * as accepts from './customer.parameters';

export const customerResource: Resource = {
  routes: [
    { method: 'POST', path: '/customers', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/customers', accepts: accepts.LIST, handle: list },
    { method: 'GET', path: '/customers/:id', accepts: NOTHING, handle: retrieve },
    { method: 'POST', path: '/customers/:id', accepts: accepts.UPDATE, handle: update },
    {
      method: 'DELETE',
      path: '/customers/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => deleteCustomer(world, part('id')),
    },
    { method: 'DELETE', path: '/customers/:id/discount', accepts: NOTHING, handle: dropDiscount },
  ],
  start: (world) => {
    world.signals.on('discount.ended', (id) => {
      const owner = discounts(world).find(id)?.customer ?? '';
      const customer = customers(world).find(owner);
      if (customer?.discount?.id === id) customers(world).patch(customer.id, { discount: null });
    });
  },
};

function create({ world, input }: Call): object {
  // `source` is a legacy parameter that the CLI still sends.
  const source = input.text('source');
  const wantedMethod = input.text('payment_method') ?? source;
  const wantedDefault = input.map('invoice_settings').text('default_payment_method') ?? source;
  const method = wantedMethod === undefined ? undefined : resolvePaymentMethod(world, wantedMethod);
  const clock = input.text('test_clock');
  if (clock !== undefined) getTestClock(world, clock, 'test_clock');
  const customer = createCustomer(world, { ...readFields(input), metadata: input.metadata() });
  const footer = input.map('invoice_settings').text('footer') ?? null;
  if (footer !== null) {
    customers(world).patch(customer.id, { invoice_settings: { ...customer.invoice_settings, footer } });
  }
  if (method) attachPaymentMethod(world, method.id, customer.id);
  changeDiscount(world, input, customer);
  if (!method || wantedDefault === undefined) return getCustomer(world, customer.id);
  if (wantedDefault !== wantedMethod && wantedDefault !== method.id) throw foreignDefault();
  return customers(world).patch(customer.id, {
    invoice_settings: { ...customer.invoice_settings, footer, default_payment_method: method.id },
  });
}

/** A customer has at most one discount; an empty `coupon` removes it. */
function changeDiscount(world: World, input: Input, customer: CustomerRecord): void {
  const order = {
    customer: customer.id,
    amount: Number.MAX_SAFE_INTEGER,
    currency: customer.currency ?? 'usd',
  };
  const choices = readDiscounts(world, input, order);
  if (!choices) return;
  const [discount = null] = grantDiscounts(world, choices.slice(0, 1), { customer: customer.id });
  const former = getCustomer(world, customer.id).discount;
  customers(world).patch(customer.id, { discount });
  if (former && discount) world.journal.emit('customer.discount.updated', discount);
  if (former) endDiscount(world, former.id);
}

function dropDiscount({ world, part }: Call): object {
  const { discount } = getCustomer(world, part('id'));
  if (!discount) throw noSuch('discount', part('id'));
  return endDiscount(world, discount.id);
}

function retrieve({ world, part }: Call): object {
  const customer = customers(world).find(part('id'));
  if (!customer) throw noSuch('customer', part('id'));
  return customer.deleted ? tombstone(customer.id) : customer;
}

function list({ world, input }: Call): object {
  const email = input.text('email');
  const clock = input.text('test_clock');
  const isInRange = createdFilter(input);
  const wanted = customers(world)
    .newestFirst({ email })
    .filter((customer) => !customer.deleted && isInRange(customer))
    .filter((customer) => !clock || customer.test_clock === clock);
  return paginate(wanted, input, '/v1/customers');
}

function update({ world, input, part }: Call): object {
  const customer = getCustomer(world, part('id'));
  changeDiscount(world, input, customer);
  return updateCustomer(world, customer.id, {
    ...readFields(input),
    metadata: input.metadata(customer.metadata),
    invoice_settings: readInvoiceSettings(world, input, customer),
  });
}

function readInvoiceSettings(world: World, input: Input, customer: CustomerRecord) {
  const settings = input.map('invoice_settings');
  const footer = settings.has('footer') ? { footer: settings.text('footer') ?? null } : {};
  if (!settings.has('default_payment_method')) return { ...customer.invoice_settings, ...footer };
  const id = settings.text('default_payment_method') ?? null;
  const method =
    id === null ? null : resolvePaymentMethod(world, id, 'invoice_settings[default_payment_method]');
  if (method && method.customer !== customer.id) throw foreignDefault();
  return { ...customer.invoice_settings, ...footer, default_payment_method: method?.id ?? null };
}

function foreignDefault() {
  return invalid(
    'The customer does not have a payment method with the ID provided. The payment method must be attached to the customer.',
    'invoice_settings[default_payment_method]',
    'resource_missing',
  );
}

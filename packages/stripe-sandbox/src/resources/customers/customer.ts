import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { invalid, noSuch } from '../../core/errors';
import { newId, randomText } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { DiscountRecord } from '../discounts/discount';
import { paymentMethods } from '../payment-methods/payment-method';

export type CustomerRecord = Omit<Stripe.Customer, 'invoice_settings' | 'deleted' | 'discount'> & {
  invoice_settings: Omit<Stripe.Customer.InvoiceSettings, 'default_payment_method'> & {
    default_payment_method: string | null;
  };
  invoice_prefix: string;
  discount: DiscountRecord | null;
  next_invoice_sequence: number;
  deleted?: true;
};

export const customers = defineCollection<CustomerRecord>('customers', ['email']);

export type NewCustomer = Partial<CustomerRecord>;

/** Creates a customer; emits customer.created. */
export function createCustomer(world: World, wanted: NewCustomer): CustomerRecord {
  const customer = customers(world).put({
    id: newId('cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: world.clock.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: world.clock.owner,
    ...wanted,
  });
  world.journal.emit('customer.created', customer);
  return customer;
}

/** Changes a customer; emits customer.updated when something is different. */
export function updateCustomer(world: World, id: string, change: Partial<CustomerRecord>): CustomerRecord {
  const before = getCustomer(world, id);
  const after = customers(world).patch(id, change);
  const previous = previousAttributes(before, after);
  if (Object.keys(previous).length > 0) world.journal.emit('customer.updated', after, { previous });
  return after;
}

/** A customer that exists and is not deleted. */
export function getCustomer(world: World, id: string, param = 'id'): CustomerRecord {
  const customer = customers(world).find(id);
  if (!customer || customer.deleted) throw noSuch('customer', id, param);
  return customer;
}

/** A customer has one currency, from the first purchase on. */
export function checkCustomerCurrency(customer: CustomerRecord, currency: string, param = 'currency'): void {
  if (!customer.currency || customer.currency === currency) return;
  throw invalid(
    `You cannot combine currencies on a single customer. This customer has had a subscription, coupon, or invoice item with currency ${customer.currency}`,
    param,
  );
}

export function setCustomerCurrency(world: World, id: string, currency: string): void {
  if (findCustomer(world, id)?.currency === null) customers(world).patch(id, { currency });
}

export function findCustomer(world: World, id: string | null): CustomerRecord | undefined {
  const customer = id === null ? undefined : customers(world).find(id);
  return customer?.deleted ? undefined : customer;
}

/** Deletes a customer: detaches payment methods and cancels subscriptions. Emits customer.deleted. */
export function deleteCustomer(world: World, id: string): object {
  const customer = getCustomer(world, id);
  for (const method of paymentMethods(world).where('customer', id)) {
    paymentMethods(world).patch(method.id, { customer: null });
  }
  world.signals.raise('customer.deleted', id);
  customers(world).patch(id, { deleted: true });
  world.journal.emit('customer.deleted', customer);
  return tombstone(id);
}

/** The API's answer for a deleted customer. */
export function tombstone(id: string): { id: string; object: 'customer'; deleted: true } {
  return { id, object: 'customer', deleted: true };
}

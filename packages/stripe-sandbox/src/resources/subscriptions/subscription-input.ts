import { ApiError, invalid, noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { checkCustomerCurrency, type CustomerRecord, findCustomer } from '../customers/customer';
import { type Order, readDiscounts } from '../discounts/choice';
import { sum } from '../discounts/pricing';
import { attachPaymentMethod, resolvePaymentMethod } from '../payment-methods/payment-method';
import type { WantedItem } from './build';
import type { NewSubscription } from './create';
import { readItems, readMissingMethod, readSavesMethod } from './item-input';

/** The body of POST /v1/subscriptions. */
export function readNewSubscription(world: World, input: Input): NewSubscription {
  const customer = readCustomer(world, input.requiredText('customer'));
  const items = readItems(world, input.maps('items'));
  if (items.length === 0) throw invalid('Missing required param: items.', 'items', 'parameter_missing');
  checkCurrency(input, items);
  checkCustomerCurrency(customer, items[0]?.price.currency ?? '', 'items');
  const missing = readMissingMethod(input);
  const wantedMethod = input.text('default_payment_method');
  const method = wantedMethod === undefined ? null : ownMethod(world, wantedMethod, customer.id);
  return {
    customer,
    items,
    default_payment_method: method,
    chargeWith: method ?? customer.invoice_settings.default_payment_method ?? undefined,
    trialEnd: readTrialEnd(world, input),
    metadata: input.metadata(),
    description: input.text('description') ?? null,
    ...readCollection(input),
    cancel_at: input.integer('cancel_at') ?? null,
    cancel_at_period_end: input.flag('cancel_at_period_end') ?? false,
    savesMethod: readSavesMethod(input) === 'on_subscription',
    ...readAnchor(world, input),
    offSession: input.flag('off_session') ?? false,
    discounts: readDiscounts(world, input, orderOf(customer.id, items)) ?? [],
    ...(missing ? { trialWithoutMethod: missing } : {}),
  };
}

function readCollection(input: Input): Pick<NewSubscription, 'collection_method' | 'days_until_due'> {
  const collection_method =
    input.choice('collection_method', ['charge_automatically', 'send_invoice'] as const) ??
    'charge_automatically';
  const days_until_due = input.integer('days_until_due') ?? null;
  if (days_until_due !== null && collection_method !== 'send_invoice') {
    throw invalid('`days_until_due` is only for `collection_method=send_invoice`.');
  }
  return { collection_method, days_until_due };
}

/** An unknown customer is 404 here, unlike elsewhere. */
function readCustomer(world: World, id: string): CustomerRecord {
  const customer = findCustomer(world, id);
  if (customer) return customer;
  throw new ApiError(404, noSuch('customer', id, 'customer').body);
}

/** The order as a promotion code sees it. */
function orderOf(customer: string, items: readonly WantedItem[]): Order {
  const amount = sum(items.map(({ price, quantity }) => price.unit_amount * quantity));
  return { customer, amount, currency: items[0]?.price.currency ?? 'usd' };
}

/** Reads `trial_end` (`now` or a time) and `trial_period_days`; null without a trial. */
function readTrialEnd(world: World, input: Input): number | null {
  const now = world.clock.now();
  const days = input.integer('trial_period_days');
  if (days !== undefined && days > 0) return now + days * 86_400;
  if (!input.has('trial_end') || input.text('trial_end') === 'now') return null;
  const end = input.integer('trial_end') ?? now;
  if (end <= now)
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  return end;
}

export const PAYMENT_BEHAVIOURS = [
  'allow_incomplete',
  'default_incomplete',
  'error_if_incomplete',
  'pending_if_incomplete',
] as const;

const PRORATIONS = ['create_prorations', 'always_invoice', 'none'] as const;

/** An anchor cuts the first period short, which costs its share unless nothing is prorated. */
function readAnchor(
  world: World,
  input: Input,
): Pick<NewSubscription, 'billing_cycle_anchor' | 'isFreeUntilAnchor'> {
  const anchor = input.integer('billing_cycle_anchor');
  const isFree = input.choice('proration_behavior', PRORATIONS) === 'none';
  if (anchor === undefined) return {};
  if (anchor < world.clock.now()) {
    throw invalid('billing_cycle_anchor must be a timestamp in the future.', 'billing_cycle_anchor');
  }
  return { billing_cycle_anchor: anchor, ...(isFree ? { isFreeUntilAnchor: true } : {}) };
}

function checkCurrency(input: Input, items: readonly WantedItem[]): void {
  const currency = input.text('currency')?.toLowerCase();
  const strange = items.find(({ price }) => currency !== undefined && price.currency !== currency);
  if (strange) throw invalid(`The price ${strange.price.id} is not in ${currency}.`, 'currency');
}

/** A method of this customer; a `pm_card_…` name is made and attached, which saves tests two calls. */
function ownMethod(world: World, id: string, customer: string): string {
  const method = resolvePaymentMethod(world, id, 'default_payment_method');
  if (method.customer === customer) return method.id;
  if (id.startsWith('pm_card_') && method.customer === null)
    return attachPaymentMethod(world, method.id, customer).id;
  throw invalid(
    'The customer does not have a payment method with the ID provided. The payment method must be attached to the customer.',
    'default_payment_method',
    'resource_missing',
  );
}

/** 400: there is nothing to charge. */
export function noMethod(): ApiError {
  return invalid(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
    undefined,
    'resource_missing',
  );
}

import { ApiError, cardError, invalid, noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Room } from '../../http/room';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
import { type Order, readDiscounts } from '../discounts/choice';
import { endDiscount } from '../discounts/discount';
import { priceLines, sum } from '../discounts/pricing';
import { decideOutcome } from '../payment-intents/outcome';
import { attachPaymentMethod, cardOf, resolvePaymentMethod } from '../payment-methods/payment-method';
import type { WantedItem } from './build';
import { cancelSubscription } from './cancel';
import { settleEnd } from './change';
import { type NewSubscription, startSubscription } from './create';
import { readItems } from './item-input';
import { startLifecycle } from './lifecycle';
import { pauseSubscription, resumeSubscription } from './pause';
import { createPreview } from './preview';
import { getSubscription, isOver, type SubscriptionRecord, subscriptions } from './subscription';
import { updateSubscription } from './update';

export const subscriptionRoom: Room = {
  routes: [
    { method: 'POST', path: '/invoices/create_preview', handle: createPreview },
    { method: 'POST', path: '/subscriptions', handle: create },
    { method: 'GET', path: '/subscriptions', handle: list },
    {
      method: 'GET',
      path: '/subscriptions/:id',
      handle: ({ world, part }) => getSubscription(world, part('id')),
    },
    { method: 'POST', path: '/subscriptions/:id', handle: updateSubscription },
    { method: 'POST', path: '/subscriptions/:id/pause', handle: pauseSubscription },
    { method: 'POST', path: '/subscriptions/:id/resume', handle: resumeSubscription },
    { method: 'DELETE', path: '/subscriptions/:id', handle: cancel },
    { method: 'DELETE', path: '/subscriptions/:id/discount', handle: dropDiscount },
  ],
  start: startLifecycle,
};

/** Reads `trial_end` (`now` or a time) and `trial_period_days`; null without a trial. */
export function readTrialEnd(world: World, input: Input): number | null {
  const now = world.clock.now();
  const days = input.integer('trial_period_days');
  if (days !== undefined && days > 0) return now + days * 86_400;
  if (!input.has('trial_end') || input.text('trial_end') === 'now') return null;
  const end = input.integer('trial_end') ?? now;
  if (end <= now)
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  return end;
}

function create({ world, input }: Call): object {
  const wanted = readNewSubscription(world, input);
  const behaviour = input.text('payment_behavior') ?? 'allow_incomplete';
  const isDeferred = behaviour === 'default_incomplete';
  const isFree = Boolean(wanted.trialEnd) || firstAmount(world, wanted) === 0;
  const isCharged = !isDeferred && !isFree && wanted.collection_method !== 'send_invoice';
  if (isCharged && wanted.chargeWith === undefined) throw noMethod();
  if (isCharged && behaviour === 'error_if_incomplete') refuseDecline(world, wanted);
  return startSubscription(world, { ...wanted, isDeferred }).subscription;
}

/** What the first period costs under the discounts asked for. */
function firstAmount(world: World, { items, discounts = [] }: NewSubscription): number {
  const lines = items.map(({ price, quantity }) => ({
    amount: price.unit_amount * quantity,
    product: price.product,
    discountable: true,
  }));
  const coupons = discounts.map(({ coupon }) => coupon);
  return sum(lines.map(({ amount }) => amount)) - sum(priceLines(world, lines, coupons).map(sum));
}

function readNewSubscription(world: World, input: Input): NewSubscription {
  const customer = getCustomer(world, input.requiredText('customer'), 'customer');
  const items = readItems(world, input.maps('items'));
  if (items.length === 0) throw invalid('Missing required param: items.', 'items', 'parameter_missing');
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
    collection_method:
      input.choice('collection_method', ['charge_automatically', 'send_invoice'] as const) ??
      'charge_automatically',
    cancel_at: input.integer('cancel_at') ?? null,
    cancel_at_period_end: input.flag('cancel_at_period_end') ?? false,
    billing_cycle_anchor: input.integer('billing_cycle_anchor'),
    offSession: input.flag('off_session') ?? false,
    discounts: readDiscounts(world, input, orderOf(customer.id, items)) ?? [],
    ...trialSettings(input),
  };
}

/** What a promotion code asks about an order. */
function orderOf(customer: string, items: readonly WantedItem[]): Order {
  const amount = sum(items.map(({ price, quantity }) => price.unit_amount * quantity));
  return { customer, amount, currency: items[0]?.price.currency ?? 'usd' };
}

/** `error_if_incomplete`: a payment that would not succeed at once leaves nothing behind. */
function refuseDecline(world: World, { chargeWith, offSession = false }: NewSubscription): void {
  const outcome = decideOutcome(cardOf(world, chargeWith ?? ''), { offSession, authenticated: false });
  if (outcome.kind === 'declined') throw cardError({ ...outcome.decline });
  if (outcome.kind !== 'requires_action') return;
  throw cardError({
    code: 'subscription_payment_intent_requires_action',
    message:
      'Payment for this subscription requires additional user action before it can be completed successfully.',
  });
}

function trialSettings(input: Input): { trialWithoutMethod?: 'cancel' | 'create_invoice' | 'pause' } {
  const missing = input
    .map('trial_settings')
    .map('end_behavior')
    .choice('missing_payment_method', ['cancel', 'create_invoice', 'pause'] as const);
  return missing ? { trialWithoutMethod: missing } : {};
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

function noMethod(): ApiError {
  return invalid(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
    undefined,
    'resource_missing',
  );
}

function list({ world, input }: Call): object {
  const customer = input.text('customer');
  const price = input.text('price');
  const status = input.text('status');
  const isInRange = createdFilter(input);
  const found =
    customer === undefined ? subscriptions(world).all() : subscriptions(world).where('customer', customer);
  const wanted = found
    .reverse()
    .filter((subscription) => hasStatus(subscription, status) && isInRange(subscription))
    .filter((subscription) => !price || subscription.items.data.some((item) => item.price.id === price));
  return paginate(wanted, input, '/v1/subscriptions');
}

/** Without a status everything but canceled ones; `ended` means canceled and incomplete_expired. */
function hasStatus(subscription: SubscriptionRecord, status: string | undefined): boolean {
  if (status === 'all') return true;
  if (status === undefined) return subscription.status !== 'canceled';
  return status === 'ended' ? isOver(subscription) : subscription.status === status;
}

function dropDiscount({ world, part }: Call): object {
  const [discount] = getSubscription(world, part('id')).discounts as string[];
  if (discount === undefined) throw noSuch('discount', part('id'));
  return endDiscount(world, discount);
}

function cancel({ world, input, part }: Call): object {
  const subscription = getSubscription(world, part('id'));
  if (isOver(subscription)) {
    throw new ApiError(404, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: `No such subscription: '${subscription.id}'`,
      param: 'id',
    });
  }
  const details = input.map('cancellation_details');
  const prorate = input.flag('prorate') ?? false;
  settleEnd(world, subscription, { prorate, invoiceNow: input.flag('invoice_now') ?? false });
  return cancelSubscription(world, subscription.id, {
    reason: 'cancellation_requested',
    comment: details.text('comment') ?? null,
    feedback: details.text('feedback') ?? null,
  });
}

import { ApiError, cardError, invalid, noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { endDiscount } from '../discounts/discount';
import { priceLines, sum } from '../discounts/pricing';
import { decideOutcome } from '../payment-intents/outcome';
import { cardOf } from '../payment-methods/payment-method';
import { NOTHING } from '../../http/parameters';
import { createSetupIntent } from '../setup-intents/setup-intent';
import { cancelSubscription } from './cancel';
import { settleEnd } from './change';
import { type NewSubscription, startSubscription } from './create';
import { startLifecycle } from './lifecycle';
import { pauseSubscription, resumeSubscription } from './pause';
import { createPreview } from './preview';
import { getSubscription, isOver, type SubscriptionRecord, subscriptions } from './subscription';
import { noMethod, PAYMENT_BEHAVIOURS, readNewSubscription } from './subscription-input';
import { updateSubscription } from './update';
import * as accepts from './subscription.parameters';
import { PREVIEW } from './preview.parameters';

export const subscriptionResource: Resource = {
  routes: [
    { method: 'POST', path: '/invoices/create_preview', accepts: PREVIEW, handle: createPreview },
    { method: 'POST', path: '/subscriptions', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/subscriptions', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/subscriptions/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getSubscription(world, part('id')),
    },
    { method: 'POST', path: '/subscriptions/:id', accepts: accepts.UPDATE, handle: updateSubscription },
    { method: 'POST', path: '/subscriptions/:id/pause', accepts: accepts.PAUSE, handle: pauseSubscription },
    {
      method: 'POST',
      path: '/subscriptions/:id/resume',
      accepts: accepts.RESUME,
      handle: resumeSubscription,
    },
    { method: 'DELETE', path: '/subscriptions/:id', accepts: accepts.CANCEL, handle: cancel },
    {
      method: 'DELETE',
      path: '/subscriptions/:id/discount',
      accepts: accepts.DELETE_DISCOUNT,
      handle: dropDiscount,
    },
  ],
  start: startLifecycle,
};

function create({ world, input }: Call): object {
  const wanted = readNewSubscription(world, input);
  const behaviour = input.choice('payment_behavior', PAYMENT_BEHAVIOURS) ?? 'allow_incomplete';
  if (behaviour === 'pending_if_incomplete') {
    throw invalid(
      '`payment_behavior=pending_if_incomplete` has no effect when creating a subscription.',
      'payment_behavior',
    );
  }
  const isDeferred = behaviour === 'default_incomplete';
  const isFree = Boolean(wanted.trialEnd ?? wanted.isFreeUntilAnchor) || firstAmount(world, wanted) === 0;
  const isCharged = !isDeferred && !isFree && wanted.collection_method !== 'send_invoice';
  if (isCharged && wanted.chargeWith === undefined) throw noMethod();
  if (isCharged && behaviour === 'error_if_incomplete') refuseDecline(world, wanted);
  const { subscription } = startSubscription(world, { ...wanted, isDeferred });
  const asksForCard = wanted.chargeWith === undefined && subscription.status === 'trialing';
  return asksForCard ? askForMethod(world, subscription) : subscription;
}

/** A trial without a card comes with a setup intent that collects one. */
function askForMethod(world: World, { id, customer }: SubscriptionRecord): SubscriptionRecord {
  const { id: pending_setup_intent } = createSetupIntent(world, { customer });
  return subscriptions(world).patch(id, { pending_setup_intent });
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

const STATUSES = [
  'active',
  'all',
  'canceled',
  'ended',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
] as const;

function list({ world, input }: Call): object {
  const customer = input.text('customer');
  const price = input.text('price');
  const status = input.choice('status', STATUSES);
  const collection = input.text('collection_method');
  const clock = input.text('test_clock');
  const isInRange = createdFilter(input);
  const wanted = subscriptions(world)
    .newestFirst({ customer })
    .filter((subscription) => hasStatus(subscription, status) && isInRange(subscription))
    .filter((subscription) => !collection || subscription.collection_method === collection)
    .filter((subscription) => !clock || subscription.test_clock === clock)
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
    isEarly: true,
    reason: 'cancellation_requested',
    comment: details.text('comment') ?? null,
    feedback: details.text('feedback') ?? null,
  });
}

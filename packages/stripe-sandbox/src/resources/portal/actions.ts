import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import { Input } from '../../http/input';
import { getCustomer, updateCustomer } from '../customers/customer';
import type { InvoiceRecord } from '../invoices/invoice';
import { attachPaymentMethod } from '../payment-methods/payment-method';
import { type PriceRecord, prices } from '../prices/price';
import { cancelSubscription } from '../subscriptions/cancel';
import { createPreview } from '../subscriptions/preview';
import {
  changeSubscription,
  currentPeriod,
  isOver,
  type SubscriptionRecord,
  subscriptions,
} from '../subscriptions/subscription';
import { updateSubscription } from '../subscriptions/update';
import { getConfiguration, type PortalFeatures } from './configuration';
import type { PortalSession } from './session';

export function featuresOf(world: World, session: PortalSession): PortalFeatures {
  return getConfiguration(world, session.configuration).features;
}

/** The customer's subscriptions that have not ended, oldest first. */
export function currentSubscriptions(world: World, session: PortalSession): SubscriptionRecord[] {
  return subscriptions(world)
    .where('customer', session.customer)
    .filter((subscription) => !isOver(subscription));
}

export function ownSubscription(world: World, session: PortalSession, id: string): SubscriptionRecord {
  const found = currentSubscriptions(world, session).find((subscription) => subscription.id === id);
  if (!found) throw invalid('This subscription has ended.');
  return found;
}

/**
 * Ends a subscription as the configuration says. At the period end this sets `cancel_at` and leaves
 * `cancel_at_period_end` false, as the portal does for flexible billing.
 */
export function cancelFromPortal(world: World, session: PortalSession, id: string): void {
  const subscription = ownSubscription(world, session, id);
  const { enabled, mode } = featuresOf(world, session).subscription_cancel;
  if (!enabled) throw invalid('Subscriptions cannot be canceled here.');
  if (mode === 'immediately') {
    cancelSubscription(world, id, { reason: 'cancellation_requested' });
    return;
  }
  const cancel_at = currentPeriod(subscription).end;
  changeSubscription(world, id, {
    cancel_at,
    canceled_at: world.clock.now(),
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: 'cancellation_requested',
    },
  });
  world.scheduler.schedule('subscription.cancel', id, cancel_at);
}

export function resumeFromPortal(world: World, session: PortalSession, id: string): void {
  ownSubscription(world, session, id);
  changeSubscription(world, id, {
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  });
}

/** The prices a customer can change to: the configured ones, or the active ones of the product. */
export function offersFor(
  world: World,
  session: PortalSession,
  subscription: SubscriptionRecord,
): PriceRecord[] {
  const { enabled, products } = featuresOf(world, session).subscription_update;
  const current = subscription.items.data[0]?.price;
  if (!enabled || !current || subscription.cancel_at !== null) return [];
  const allowed = products?.flatMap((product) => product.prices);
  return prices(world)
    .all()
    .filter((price) => price.active && price.recurring !== null && price.id !== current.id)
    .filter((price) => (allowed ? allowed.includes(price.id) : price.product === current.product))
    .filter((price) => price.currency === current.currency);
}

/** What changing to a price would put on the next, or the present, invoice. */
export function previewPlan(
  world: World,
  session: PortalSession,
  to: { id: string; price: string },
): InvoiceRecord {
  const subscription = ownSubscription(world, session, to.id);
  const subscription_details = changeOf(world, session, { subscription, price: to.price });
  const input = new Input({ subscription: to.id, subscription_details });
  return createPreview({ world, input, version: undefined, part: () => '' }) as InvoiceRecord;
}

export function changePlan(world: World, session: PortalSession, to: { id: string; price: string }): void {
  const subscription = ownSubscription(world, session, to.id);
  const wanted = {
    ...changeOf(world, session, { subscription, price: to.price }),
    payment_behavior: 'error_if_incomplete',
  };
  updateSubscription({ world, input: new Input(wanted), version: undefined, part: () => to.id });
}

function changeOf(
  world: World,
  session: PortalSession,
  { subscription, price }: { subscription: SubscriptionRecord; price: string },
) {
  if (!offersFor(world, session, subscription).some((offer) => offer.id === price)) {
    throw invalid('This plan is not available.');
  }
  const proration_behavior = String(featuresOf(world, session).subscription_update.proration_behavior);
  return { items: [{ id: subscription.items.data[0]?.id ?? '', price }], proration_behavior };
}

/** Sets the new card as default of the customer and of each current subscription. */
export function useMethod(world: World, session: PortalSession, method: string): void {
  if (!featuresOf(world, session).payment_method_update.enabled)
    throw invalid('Cards cannot be changed here.');
  attachPaymentMethod(world, method, session.customer);
  const { invoice_settings } = getCustomer(world, session.customer);
  updateCustomer(world, session.customer, {
    invoice_settings: { ...invoice_settings, default_payment_method: method },
  });
  for (const { id } of currentSubscriptions(world, session)) {
    changeSubscription(world, id, { default_payment_method: method });
  }
}

import { periodEnd } from '../../billing/periods';
import type { World } from '../../core/world';
import { findCustomer, updateCustomer } from '../customers/customer';
import { claimItems, lineOfItem, pendingItems } from '../invoice-items/invoice-item';
import {
  collectInvoice,
  finalizeInvoice,
  markUnchargeable,
  methodFor,
  voidInvoice,
} from '../invoices/collection';
import { discounts, discountsFor } from '../discounts/discount';
import { draftInvoice, getInvoice, invoices, subscriptionOf, updateInvoice } from '../invoices/invoice';

import { cancelSubscription } from './cancel';
import { rememberDebits } from './debits';
import { periodLines } from './lines';
import {
  changeSubscription,
  currentPeriod,
  inPeriod,
  getSubscription,
  isOver,
  type SubscriptionRecord,
  subscriptions,
} from './subscription';

/** Registers everything that happens to subscriptions by itself. */
export function startLifecycle(world: World): void {
  const { scheduler, signals } = world;
  const live = (act: (subscription: SubscriptionRecord, at: number) => void) => (id: string, at: number) => {
    const subscription = subscriptions(world).find(id);
    if (subscription && !isOver(subscription)) act(subscription, at);
  };
  scheduler.on(
    'subscription.cycle',
    live((subscription, at) => cycle(world, subscription, at)),
  );
  scheduler.on(
    'subscription.cancel',
    live((subscription, at) => endScheduled(world, subscription, at)),
  );
  scheduler.on(
    'subscription.incomplete',
    live((subscription) => expireIncomplete(world, subscription)),
  );
  scheduler.on(
    'subscription.trial_notice',
    live((subscription) => {
      if (subscription.status === 'trialing')
        world.journal.emit('customer.subscription.trial_will_end', subscription);
    }),
  );
  scheduler.on('invoice.finalize', (id, at) => collectRenewal(world, id, at));
  scheduler.on('invoice.retry', (id) => retry(world, id));
  scheduler.on('invoice.exhausted', (id) => giveUp(world, id));
  signals.on('invoice.paid', (id) => recover(world, id));
  signals.on('invoice.payment_failed', (id) => fallBehind(world, id));
  signals.on('discount.ended', (id) => {
    const subscription = subscriptions(world).find(discounts(world).find(id)?.subscription ?? '');
    if (!subscription) return;
    const left = subscription.discounts.filter((discount) => discount !== id);
    changeSubscription(world, subscription.id, { discounts: left });
  });
  signals.on('customer.deleted', (customer) => {
    for (const subscription of subscriptions(world).where('customer', customer)) {
      if (!isOver(subscription))
        cancelSubscription(world, subscription.id, { reason: 'cancellation_requested' });
    }
  });
}

function endScheduled(world: World, subscription: SubscriptionRecord, at: number): void {
  if (subscription.cancel_at === at)
    cancelSubscription(world, subscription.id, { reason: 'cancellation_requested' });
}

/** The end of a period: it ends, the trial ends, or the next period begins with a draft invoice. */
export function cycle(world: World, ended: SubscriptionRecord, at: number): void {
  if (currentPeriod(ended).end !== at) return;
  world.signals.raise('subscription.period_end', ended.id);
  const subscription = getSubscription(world, ended.id);
  if (isOver(subscription) || currentPeriod(subscription).end !== at) return;
  if (subscription.cancel_at !== null && subscription.cancel_at <= at) {
    cancelSubscription(world, subscription.id, { reason: 'cancellation_requested' });
    return;
  }
  if (subscription.status === 'incomplete' || subscription.status === 'paused') return;
  if (subscription.status === 'trialing' && !hasMethod(world, subscription)) {
    const missing = subscription.trial_settings?.end_behavior.missing_payment_method;
    if (missing === 'cancel') {
      cancelSubscription(world, subscription.id, { reason: 'cancellation_requested' });
      return;
    }
    if (missing === 'pause') {
      const paused = changeSubscription(world, subscription.id, { status: 'paused' });
      world.journal.emit('customer.subscription.paused', paused);
      return;
    }
  }
  renew(world, subscription, at);
}

function hasMethod(world: World, subscription: SubscriptionRecord): boolean {
  const customer = findCustomer(world, subscription.customer);
  return Boolean(subscription.default_payment_method ?? customer?.invoice_settings.default_payment_method);
}

/** Rolls into the next period: the period moves first, the money follows after the draft hour. */
function renew(world: World, subscription: SubscriptionRecord, at: number): void {
  const customer = findCustomer(world, subscription.customer);
  const cadence = subscription.items.data[0]?.price.recurring;
  if (!customer || !cadence) return;
  const previous = currentPeriod(subscription);
  const period = { start: at, end: periodEnd(subscription.billing_cycle_anchor, cadence, at) };
  const collects = subscription.status !== 'unpaid' && subscription.pause_collection === null;
  const finalizes_at = collects ? at + world.settings.draftSeconds : null;
  const rolled = { ...subscription, items: inPeriod(subscription, period.start, period.end) };
  const pending = pendingItems(world, customer.id, { subscription: subscription.id, loose: true });
  const invoice = draftInvoice(world, {
    customer,
    currency: subscription.currency,
    billing_reason: 'subscription_cycle',
    lines: [...pending.map(lineOfItem), ...periodLines(world, rolled, period)],
    subscription,
    period: { start: previous.start, end: at },
    collection_method: subscription.collection_method,
    finalizes_at,
    auto_advance: collects,
    discounts: discountsFor(world, subscription, customer),
  });
  claimItems(world, pending, invoice.id);
  rememberDebits(world, invoice.lines.data);
  changeSubscription(world, subscription.id, {
    items: rolled.items,
    latest_invoice: invoice.id,
    status: subscription.status === 'trialing' ? 'active' : subscription.status,
  });
  if (finalizes_at !== null) world.scheduler.schedule('invoice.finalize', invoice.id, finalizes_at);
  world.scheduler.schedule('subscription.cycle', subscription.id, period.end);
}

const HELD_AT_MOST = 72 * 3600;

function collectRenewal(world: World, invoiceId: string, at: number): void {
  const invoice = invoices(world).find(invoiceId);
  if (invoice?.status !== 'draft' || !invoice.auto_advance) return;
  if (world.settings.isHeldBack?.(invoiceId) && at < invoice.created + HELD_AT_MOST) {
    world.scheduler.schedule('invoice.finalize', invoiceId, at + 3600);
    return;
  }
  const open = finalizeInvoice(world, invoiceId);
  if (open.status === 'open' && open.collection_method === 'charge_automatically') charge(world, invoiceId);
}

function retry(world: World, invoiceId: string): void {
  const invoice = invoices(world).find(invoiceId);
  if (invoice?.status === 'open' && invoice.auto_advance !== false) charge(world, invoiceId);
}

function charge(world: World, invoiceId: string): void {
  const invoice = getInvoice(world, invoiceId);
  const subscription = subscriptions(world).find(subscriptionOf(invoice) ?? '');
  if (subscription && isOver(subscription)) return;
  const method = methodFor(world, invoice, subscription?.default_payment_method);
  if (method === undefined) markUnchargeable(world, invoiceId);
  else collectInvoice(world, invoiceId, { method, offSession: true, authenticated: false });
}

/** A paid invoice brings a subscription (back) to life when nothing newer is owed. */
function recover(world: World, invoiceId: string): void {
  const subscription = subscriptions(world).find(subscriptionOf(getInvoice(world, invoiceId)) ?? '');
  if (!subscription || subscription.latest_invoice !== invoiceId) return;
  if (subscription.status === 'paused') {
    // The invoice of a resumption is the only one that a paused subscription gets.
    changeSubscription(world, subscription.id, { status: 'active' });
    world.journal.emit('customer.subscription.resumed', getSubscription(world, subscription.id));
    return;
  }
  if (!['incomplete', 'past_due', 'unpaid'].includes(subscription.status)) return;
  changeSubscription(world, subscription.id, { status: 'active' });
  if (findCustomer(world, subscription.customer)?.delinquent) {
    updateCustomer(world, subscription.customer, { delinquent: false });
  }
}

function fallBehind(world: World, invoiceId: string): void {
  const subscription = subscriptions(world).find(subscriptionOf(getInvoice(world, invoiceId)) ?? '');
  if (subscription?.status !== 'active') return;
  changeSubscription(world, subscription.id, { status: 'past_due' });
  if (findCustomer(world, subscription.customer))
    updateCustomer(world, subscription.customer, { delinquent: true });
}

/** The last retry failed: the account's rule decides. */
function giveUp(world: World, invoiceId: string): void {
  const invoice = invoices(world).find(invoiceId);
  const subscription = subscriptions(world).find((invoice && subscriptionOf(invoice)) ?? '');
  if (!invoice || invoice.status !== 'open' || !subscription || isOver(subscription)) return;
  updateInvoice(world, invoiceId, { next_payment_attempt: null, auto_advance: false });
  const rule = world.settings.afterRetries;
  if (rule === 'cancel') cancelSubscription(world, subscription.id, { reason: 'payment_failed' });
  if (rule === 'unpaid') changeSubscription(world, subscription.id, { status: 'unpaid' });
}

function expireIncomplete(world: World, subscription: SubscriptionRecord): void {
  if (subscription.status !== 'incomplete') return;
  const now = world.clock.now();
  changeSubscription(world, subscription.id, {
    status: 'incomplete_expired',
    ended_at: now,
    canceled_at: now,
  });
  if (subscription.latest_invoice !== null) voidInvoice(world, subscription.latest_invoice);
}

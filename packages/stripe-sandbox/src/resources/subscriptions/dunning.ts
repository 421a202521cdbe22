import type { World } from '../../core/world';
import { findCustomer, updateCustomer } from '../customers/customer';
import { collectInvoice, finalizeInvoice, markUnchargeable, methodFor } from '../invoices/collection';
import { voidInvoice } from '../invoices/void';
import { getInvoice, invoices, subscriptionOf, updateInvoice } from '../invoices/invoice';
import { findDefaultPayment, intentOfPayment } from '../invoices/invoice-payment';
import { getIntent } from '../payment-intents/payment-intent';
import { cancelSubscription } from './cancel';
import { pauseFor } from './pause-state';
import { changeOfInvoice } from './pending-change';
import { failResumption, markResumed } from './resumption';
import { changeSubscription, isOver, type SubscriptionRecord, subscriptions } from './subscription';

const HELD_AT_MOST = 72 * 3600;

/** Finalizes and charges an invoice after its hour as a draft. */
export function collectRenewal(world: World, invoiceId: string, at: number): void {
  const invoice = invoices(world).find(invoiceId);
  if (invoice?.status !== 'draft' || !invoice.auto_advance) return;
  if (world.settings.isHeldBack?.(invoiceId) && at < invoice.created + HELD_AT_MOST) {
    world.scheduler.schedule('invoice.finalize', invoiceId, at + 3600);
    return;
  }
  const open = finalizeInvoice(world, invoiceId);
  if (open.collection_method === 'send_invoice') world.journal.emit('invoice.sent', open);
  else if (open.status === 'open') charge(world, invoiceId);
}

/** A sent invoice was not paid by its due date. */
export function fallDue(world: World, invoiceId: string, at: number): void {
  const invoice = invoices(world).find(invoiceId);
  if (invoice?.status !== 'open' || invoice.due_date !== at) return;
  world.journal.emit('invoice.overdue', invoice);
  markPastDue(world, invoiceId);
}

export function retry(world: World, invoiceId: string): void {
  const invoice = invoices(world).find(invoiceId);
  if (invoice?.status === 'open' && invoice.auto_advance !== false) charge(world, invoiceId);
}

function charge(world: World, invoiceId: string): void {
  const invoice = getInvoice(world, invoiceId);
  const subscription = subscriptions(world).find(subscriptionOf(invoice) ?? '');
  if (subscription && isOver(subscription)) return;
  const method = methodFor(world, invoice, subscription?.default_payment_method);
  if (method === undefined) markUnchargeable(world, invoiceId);
  else collectInvoice(world, invoiceId, { method, offSession: true, authenticated: false, automatic: true });
}

/** A paid invoice activates its subscription when nothing newer is owed. */
export function recover(world: World, invoiceId: string): void {
  const subscription = subscriptions(world).find(subscriptionOf(getInvoice(world, invoiceId)) ?? '');
  if (!subscription || !isNewest(world, subscription, invoiceId)) return;
  rememberMethod(world, subscription, invoiceId);
  if (subscription.status === 'paused') {
    // The invoice of a resumption is the only one that a paused subscription gets.
    markResumed(world, subscription.id, 'active');
    return;
  }
  if (!['incomplete', 'past_due', 'unpaid'].includes(subscription.status)) return;
  changeSubscription(world, subscription.id, { status: 'active' });
  endDelinquency(world, subscription.customer);
}

/** An invoice that was voided since does not count. */
function isNewest(
  world: World,
  { id, customer, latest_invoice }: SubscriptionRecord,
  invoiceId: string,
): boolean {
  if (latest_invoice === invoiceId) return true;
  const newest = invoices(world)
    .where('customer', customer)
    .filter((invoice) => subscriptionOf(invoice) === id && invoice.status !== 'void')
    .at(-1);
  return newest?.id === invoiceId;
}

/** A past-due subscription becomes active when its last open invoice is void or uncollectible. */
export function clearPastDue(world: World, invoiceId: string): void {
  const subscription = subscriptions(world).find(subscriptionOf(getInvoice(world, invoiceId)) ?? '');
  if (subscription?.status !== 'past_due') return;
  const isOwed = invoices(world)
    .where('customer', subscription.customer)
    .some((invoice) => invoice.status === 'open' && subscriptionOf(invoice) === subscription.id);
  if (isOwed) return;
  changeSubscription(world, subscription.id, { status: 'active' });
  endDelinquency(world, subscription.customer);
}

function endDelinquency(world: World, customer: string): void {
  if (findCustomer(world, customer)?.delinquent) updateCustomer(world, customer, { delinquent: false });
}

/** `save_default_payment_method: on_subscription`: what paid once pays from now on. */
function rememberMethod(world: World, subscription: SubscriptionRecord, invoiceId: string): void {
  if (subscription.payment_settings?.save_default_payment_method !== 'on_subscription') return;
  const payment = findDefaultPayment(world, invoiceId);
  const method = payment && getIntent(world, intentOfPayment(payment)).payment_method;
  if (method) changeSubscription(world, subscription.id, { default_payment_method: method });
}

export function markPastDue(world: World, invoiceId: string): void {
  // An unpaid invoice of a pending update does not affect the status.
  if (changeOfInvoice(world, invoiceId)) return;
  const subscription = subscriptions(world).find(subscriptionOf(getInvoice(world, invoiceId)) ?? '');
  if (subscription?.status === 'paused') failResumption(world, subscription, invoiceId);
  else if (subscription?.status === 'active')
    changeSubscription(world, subscription.id, { status: 'past_due' });
  else return;
  if (findCustomer(world, subscription.customer))
    updateCustomer(world, subscription.customer, { delinquent: true });
}

/** The last retry failed: applies the account's rule. */
export function endRetries(world: World, invoiceId: string): void {
  const invoice = invoices(world).find(invoiceId);
  const subscription = subscriptions(world).find((invoice && subscriptionOf(invoice)) ?? '');
  if (!invoice || invoice.status !== 'open' || !subscription || isOver(subscription)) return;
  updateInvoice(world, invoiceId, { next_payment_attempt: null, auto_advance: false });
  const rule = world.settings.afterRetries;
  if (rule === 'cancel') cancelSubscription(world, subscription.id, { reason: 'payment_failed' });
  if (rule === 'pause') pauseFor(world, subscription.id, 'final_payment_failure');
  if (rule === 'unpaid') changeSubscription(world, subscription.id, { status: 'unpaid' });
}

/** The first payment was not made in time. */
export function expireIncomplete(world: World, subscription: SubscriptionRecord): void {
  if (subscription.status !== 'incomplete') return;
  const now = world.clock.now();
  changeSubscription(world, subscription.id, {
    status: 'incomplete_expired',
    ended_at: now,
    canceled_at: now,
  });
  const first = invoices(world).find(subscription.latest_invoice ?? '');
  if (first?.status === 'open') voidInvoice(world, first.id);
}

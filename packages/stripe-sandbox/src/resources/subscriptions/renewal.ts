import { periodEnd } from '../../billing/periods';
import type { World } from '../../core/world';
import { findCustomer } from '../customers/customer';
import { discountsFor } from '../discounts/discount';
import { claimItems, lineOfItem, pendingItems } from '../invoice-items/invoice-item';
import { draftInvoice } from '../invoices/invoice';
import { finishUncollected } from '../invoices/uncollected';
import { cancelSubscription } from './cancel';
import { rememberDebits } from './debits';
import { periodLines } from './lines';
import { pauseFor } from './pause-state';
import {
  changeSubscription,
  currentPeriod,
  getSubscription,
  inPeriod,
  isOver,
  type SubscriptionRecord,
} from './subscription';

const DAY = 86_400;

/** Schedules the end of a period and the notice some days before. */
export function schedulePeriodEnd(world: World, subscription: SubscriptionRecord): void {
  const { start, end } = currentPeriod(subscription);
  world.scheduler.schedule('subscription.cycle', subscription.id, end);
  const notice = end - world.settings.upcomingDays * DAY;
  if (notice > start) world.scheduler.schedule('invoice.upcoming', subscription.id, notice);
}

/** trial_will_end is emitted three days before the end, or at once for shorter trials. */
export const TRIAL_NOTICE = 3 * DAY;

export function scheduleTrialNotice(world: World, subscription: SubscriptionRecord, now: number): void {
  const notice = (subscription.trial_end ?? now) - TRIAL_NOTICE;
  if (notice > now) world.scheduler.schedule('subscription.trial_notice', subscription.id, notice);
  else world.journal.emit('customer.subscription.trial_will_end', subscription);
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
      pauseFor(world, subscription.id, 'trial_end_without_payment_method');
      return;
    }
  }
  renew(world, subscription, at);
}

export function hasMethod(world: World, subscription: SubscriptionRecord): boolean {
  const customer = findCustomer(world, subscription.customer);
  return Boolean(subscription.default_payment_method ?? customer?.invoice_settings.default_payment_method);
}

/** Starts the next period; the invoice is charged an hour later. */
function renew(world: World, subscription: SubscriptionRecord, at: number): void {
  const customer = findCustomer(world, subscription.customer);
  const cadence = subscription.items.data[0]?.price.recurring;
  if (!customer || !cadence) return;
  const previous = currentPeriod(subscription);
  const period = { start: at, end: periodEnd(subscription.billing_cycle_anchor, cadence, at) };
  const { pause_collection } = subscription;
  const collects = subscription.status !== 'unpaid' && pause_collection === null;
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
    days_until_due: subscription.days_until_due,
    finalizes_at,
    auto_advance: collects,
    discounts: discountsFor(world, subscription, customer),
  });
  claimItems(world, pending, invoice.id);
  rememberDebits(world, invoice.lines.data);
  const next = changeSubscription(world, subscription.id, {
    items: rolled.items,
    latest_invoice: invoice.id,
    status: subscription.status === 'trialing' ? 'active' : subscription.status,
  });
  if (finalizes_at !== null) world.scheduler.schedule('invoice.finalize', invoice.id, finalizes_at);
  if (pause_collection) finishUncollected(world, invoice.id, pause_collection.behavior);
  schedulePeriodEnd(world, next);
}

import type { World } from '../../core/world';
import { discounts } from '../discounts/discount';
import { getSetupIntent } from '../setup-intents/setup-intent';
import { cancelSubscription } from './cancel';
import {
  collectRenewal,
  expireIncomplete,
  markPastDue,
  fallDue,
  clearPastDue,
  endRetries,
  recover,
  retry,
} from './dunning';
import { applyPending, discardPending, expirePending, voidPending } from './pending-update';
import { announceRenewal } from './preview';
import { cycle, TRIAL_NOTICE } from './renewal';
import { expireResumption } from './resumption';
import { changeSubscription, isOver, type SubscriptionRecord, subscriptions } from './subscription';

/** Registers all automatic subscription work. */
export function startLifecycle(world: World): void {
  startJobs(world);
  const { signals } = world;
  signals.on('invoice.paid', (id) => {
    if (!applyPending(world, id)) recover(world, id);
  });
  signals.on('invoice.payment_failed', (id) => markPastDue(world, id));
  for (const end of ['invoice.voided', 'invoice.uncollectible'] as const) {
    signals.on(end, (id) => {
      discardPending(world, id);
      clearPastDue(world, id);
    });
  }
  signals.on('subscription.ended', (id) => voidPending(world, { id }));
  signals.on('discount.ended', (id) => dropDiscount(world, id));
  signals.on('setup.succeeded', (intent) => useSetUpMethod(world, intent));
  signals.on('customer.deleted', (customer) => {
    for (const subscription of subscriptions(world).where('customer', customer)) {
      if (!isOver(subscription))
        cancelSubscription(world, subscription.id, { reason: 'cancellation_requested' });
    }
  });
}

/** The method that a trial's setup intent collected pays for its subscription. */
function useSetUpMethod(world: World, intent: string): void {
  const { customer, payment_method } = getSetupIntent(world, intent);
  for (const { id, pending_setup_intent } of subscriptions(world).where('customer', customer)) {
    if (pending_setup_intent !== intent) continue;
    changeSubscription(world, id, { pending_setup_intent: null, default_payment_method: payment_method });
  }
}

type Act = (world: World, subscription: SubscriptionRecord, at: number) => void;

/** Jobs of subscriptions that have not ended. */
const DUE: Readonly<Record<string, Act>> = {
  'subscription.cycle': cycle,
  'subscription.cancel': endScheduled,
  'subscription.incomplete': expireIncomplete,
  'subscription.trial_notice': announceTrialEnd,
  'subscription.resume_collection': resumeCollection,
  'subscription.pending_update_expires': expirePending,
  'subscription.resumption_expires': expireResumption,
  'invoice.upcoming': announceRenewal,
};

function startJobs(world: World): void {
  const { scheduler } = world;
  for (const [kind, act] of Object.entries(DUE)) {
    scheduler.on(kind, (id, at) => {
      const subscription = subscriptions(world).find(id);
      if (subscription && !isOver(subscription)) act(world, subscription, at);
    });
  }
  scheduler.on('invoice.finalize', (id, at) => collectRenewal(world, id, at));
  scheduler.on('invoice.due', (id, at) => fallDue(world, id, at));
  scheduler.on('invoice.retry', (id) => retry(world, id));
  scheduler.on('invoice.exhausted', (id) => endRetries(world, id));
}

function endScheduled(world: World, subscription: SubscriptionRecord, at: number): void {
  if (subscription.cancel_at === at)
    cancelSubscription(world, subscription.id, { reason: 'cancellation_requested' });
}

/** A trial that was moved gets a new notice. */
function announceTrialEnd(world: World, subscription: SubscriptionRecord, at: number): void {
  const { status, trial_end } = subscription;
  if (status !== 'trialing' || trial_end === null || trial_end - at > TRIAL_NOTICE) return;
  world.journal.emit('customer.subscription.trial_will_end', subscription);
}

function resumeCollection(world: World, subscription: SubscriptionRecord, at: number): void {
  if (subscription.pause_collection?.resumes_at !== at) return;
  changeSubscription(world, subscription.id, { pause_collection: null });
}

function dropDiscount(world: World, id: string): void {
  const subscription = subscriptions(world).find(discounts(world).find(id)?.subscription ?? '');
  if (!subscription) return;
  const left = subscription.discounts.filter((discount) => discount !== id);
  changeSubscription(world, subscription.id, { discounts: left });
}

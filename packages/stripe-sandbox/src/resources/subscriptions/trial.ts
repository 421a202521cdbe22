import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { noMethod } from './subscription-input';
import { cycle, hasMethod, schedulePeriodEnd, scheduleTrialNotice } from './renewal';
import {
  changeSubscription,
  currentPeriod,
  getSubscription,
  inPeriod,
  type SubscriptionRecord,
} from './subscription';

/** Ends a trial now, or moves its end. */
export function readTrialChange(
  world: World,
  input: Input,
  subscription: SubscriptionRecord,
): SubscriptionRecord {
  const wanted = input.text('trial_end');
  if (wanted === undefined || (wanted === 'now' && subscription.status !== 'trialing')) return subscription;
  if (wanted !== 'now') return moveTrial(world, subscription, input.integer('trial_end') ?? 0);
  checkMethod(world, subscription);
  const now = world.clock.now();
  world.journal.emit('customer.subscription.trial_will_end', subscription);
  return endTrial(world, subscription, now);
}

/** A trial that ends with a charge needs something to charge. */
function checkMethod(world: World, subscription: SubscriptionRecord): void {
  const { collection_method, trial_settings } = subscription;
  const charges = trial_settings?.end_behavior.missing_payment_method === 'create_invoice';
  if (charges && collection_method === 'charge_automatically' && !hasMethod(world, subscription))
    throw noMethod();
}

/** The trial and the period that it is end at another time. */
function moveTrial(world: World, subscription: SubscriptionRecord, end: number): SubscriptionRecord {
  if (subscription.status !== 'trialing') {
    throw invalid('The sandbox cannot give a trial to a subscription that has none.', 'trial_end');
  }
  const now = world.clock.now();
  if (end <= now) {
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  }
  const items = inPeriod(subscription, currentPeriod(subscription).start, end);
  const moved = changeSubscription(world, subscription.id, {
    trial_end: end,
    billing_cycle_anchor: end,
    items,
  });
  schedulePeriodEnd(world, moved);
  scheduleTrialNotice(world, moved, now);
  return moved;
}

function endTrial(world: World, subscription: SubscriptionRecord, now: number): SubscriptionRecord {
  const items = subscription.items.data.map((item) => ({ ...item, current_period_end: now }));
  const ended = changeSubscription(world, subscription.id, {
    trial_end: now,
    billing_cycle_anchor: now,
    items: { ...subscription.items, data: items },
  });
  cycle(world, ended, now);
  return getSubscription(world, ended.id);
}

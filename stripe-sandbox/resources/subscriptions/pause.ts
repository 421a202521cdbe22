import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Call } from '../../http/route';
import { applyChange } from './change';
import { planChange } from './plan-change';
import { changeSubscription, currentPeriod, getSubscription, type SubscriptionRecord } from './subscription';

/** POST /v1/subscriptions/{id}/pause: no more periods until it is resumed. */
export function pauseSubscription({ world, part }: Call): object {
  const before = getSubscription(world, part('id'));
  if (!['active', 'trialing', 'past_due'].includes(before.status)) {
    throw invalid(`This subscription cannot be paused because its status is ${before.status}.`, 'id');
  }
  const paused = changeSubscription(world, before.id, { status: 'paused' });
  world.journal.emit('customer.subscription.paused', paused);
  return paused;
}

/**
 * POST /v1/subscriptions/{id}/resume: by default in a new period, which is invoiced at once; the subscription lives
 * again when that is paid. With `unchanged` it goes on in its period if that still runs.
 */
export function resumeSubscription({ world, input, part }: Call): object {
  const before = getSubscription(world, part('id'));
  if (before.status !== 'paused') {
    throw invalid('Only paused subscriptions can be resumed.', 'id');
  }
  const anchor = input.isMap('billing_cycle_anchor')
    ? input.map('billing_cycle_anchor').text('type')
    : input.text('billing_cycle_anchor');
  const isRunning = currentPeriod(before).end > world.clock.now();
  if (anchor === 'unchanged' && isRunning) return markResumed(world, before.id);
  const plan = planChange(world, before, {
    items: before.items,
    at: world.clock.now(),
    behaviour: 'none',
    resetsAnchor: true,
  });
  applyChange(world, before.id, {
    plan,
    rest: { trial_end: before.trial_end },
    behaviour: 'allow_incomplete',
  });
  return getSubscription(world, before.id);
}

/** Emits customer.subscription.resumed. */
export function markResumed(world: World, id: string): SubscriptionRecord {
  const resumed = changeSubscription(world, id, { status: 'active' });
  world.journal.emit('customer.subscription.resumed', resumed);
  return resumed;
}

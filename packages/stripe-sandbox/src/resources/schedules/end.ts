import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import { cancelSubscription } from '../subscriptions/cancel';
import { settleEnd } from '../subscriptions/change';
import { changeSubscription, getSubscription, isOver, subscriptions } from '../subscriptions/subscription';
import { getSchedule, isOpen, type ScheduleRecord, schedules } from './schedule.record';

/** With `end_behavior: cancel` the subscription shows when the schedule will end it. */
export function showEnd(world: World, { subscription, end_behavior, phases }: ScheduleRecord): void {
  if (subscription === null) return;
  const before = getSubscription(world, subscription);
  const cancel_at = end_behavior === 'cancel' ? (phases.at(-1)?.end_date ?? null) : null;
  if (before.cancel_at === cancel_at || isOver(before)) return;
  const canceled_at = cancel_at === null ? null : (before.canceled_at ?? world.clock.now());
  changeSubscription(world, subscription, { cancel_at, canceled_at });
}

/** The last phase is over. */
export function complete(world: World, schedule: ScheduleRecord): void {
  const { subscription } = schedule;
  const released = schedule.end_behavior === 'release';
  const done = schedules(world).patch(schedule.id, {
    status: 'completed',
    completed_at: world.clock.now(),
    current_phase: null,
    ...(released ? { released_subscription: subscription, subscription: null } : {}),
  });
  if (subscription !== null) changeSubscription(world, subscription, { schedule: null });
  world.journal.emit('subscription_schedule.completed', done);
  if (released || subscription === null || isOver(getSubscription(world, subscription))) return;
  cancelSubscription(world, subscription, { reason: 'cancellation_requested' });
}

/** The subscription ended by itself, which ends its schedule too. */
export function endWithSubscription(world: World, subscription: string): void {
  const isUnpaid = getSubscription(world, subscription).cancellation_details?.reason === 'payment_failed';
  for (const schedule of schedules(world).where('subscription', subscription)) {
    if (!isOpen(schedule)) continue;
    const change = { status: 'canceled', canceled_at: world.clock.now(), current_phase: null } as const;
    const canceled = schedules(world).patch(schedule.id, change);
    world.journal.emit('subscription_schedule.canceled', canceled);
    if (isUnpaid) world.journal.emit('subscription_schedule.aborted', canceled);
  }
}

function getOpenSchedule(world: World, id: string): ScheduleRecord {
  const schedule = getSchedule(world, id);
  if (isOpen(schedule)) return schedule;
  throw invalid(`This subscription schedule is ${schedule.status} and can no longer be changed.`, 'id');
}

/** Ends the schedule, not the subscription; the end that it had set goes with it unless it is to be kept. */
export function releaseSchedule(world: World, id: string, keepsEnd: boolean): ScheduleRecord {
  const { subscription, ...rest } = getOpenSchedule(world, id);
  if (!keepsEnd) showEnd(world, { ...rest, subscription, end_behavior: 'release' });
  const released = schedules(world).patch(id, {
    status: 'released',
    released_at: world.clock.now(),
    released_subscription: subscription,
    subscription: null,
    current_phase: null,
  });
  if (subscription !== null) changeSubscription(world, subscription, { schedule: null });
  world.journal.emit('subscription_schedule.released', released);
  return released;
}

/** Ends the schedule and its subscription. One that never started is aborted. */
export function cancelSchedule(
  world: World,
  id: string,
  how: { prorate: boolean; invoiceNow: boolean },
): ScheduleRecord {
  const { subscription, status } = getOpenSchedule(world, id);
  const change = { status: 'canceled', canceled_at: world.clock.now(), current_phase: null } as const;
  const canceled = schedules(world).patch(id, change);
  world.journal.emit('subscription_schedule.canceled', canceled);
  if (status === 'not_started') world.journal.emit('subscription_schedule.aborted', canceled);
  const living = subscriptions(world).find(subscription ?? '');
  if (!living || isOver(living)) return canceled;
  settleEnd(world, living, how);
  cancelSubscription(world, living.id, { reason: 'cancellation_requested' });
  return canceled;
}

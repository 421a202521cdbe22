import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { currentPeriod, type SubscriptionRecord } from './subscription';

/** Reads when a subscription ends and the customer's reason. */
export function readCancellation(
  world: World,
  input: Input,
  before: SubscriptionRecord,
): Partial<SubscriptionRecord> {
  const schedule = readSchedule(world, input, before);
  const details = readDetails(input, schedule.cancellation_details ?? before.cancellation_details);
  return { ...schedule, ...(details ? { cancellation_details: details } : {}) };
}

/** The flag and `cancel_at` exclude each other; taking the flag back leaves a `cancel_at` of its own alone. */
function readSchedule(world: World, input: Input, before: SubscriptionRecord): Partial<SubscriptionRecord> {
  const atPeriodEnd = input.flag('cancel_at_period_end');
  if (atPeriodEnd !== undefined && input.has('cancel_at')) {
    throw invalid(
      'You may only specify one of these parameters: cancel_at, cancel_at_period_end.',
      'cancel_at',
    );
  }
  if (input.has('cancel_at')) {
    return { ...scheduled(world, before, readCancelAt(world, input, before)), cancel_at_period_end: false };
  }
  if (atPeriodEnd === undefined || atPeriodEnd === before.cancel_at_period_end) return {};
  const end = atPeriodEnd ? currentPeriod(before).end : null;
  return { ...scheduled(world, before, end), cancel_at_period_end: atPeriodEnd };
}

function scheduled(world: World, before: SubscriptionRecord, at: number | null): Partial<SubscriptionRecord> {
  return {
    cancel_at: at,
    canceled_at: at === null ? null : (before.canceled_at ?? world.clock.now()),
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: at === null ? null : 'cancellation_requested',
    },
  };
}

function readDetails(
  input: Input,
  base: SubscriptionRecord['cancellation_details'],
): SubscriptionRecord['cancellation_details'] | undefined {
  if (!input.has('cancellation_details')) return undefined;
  const details = input.map('cancellation_details');
  return {
    comment: details.text('comment') ?? base?.comment ?? null,
    feedback: details.text('feedback') ?? base?.feedback ?? null,
    feedback_option: base?.feedback_option ?? null,
    reason: base?.reason ?? null,
  };
}

function readCancelAt(world: World, input: Input, before: SubscriptionRecord): number | null {
  const text = input.text('cancel_at');
  if (text === undefined) return null;
  if (text === 'min_period_end' || text === 'max_period_end') return currentPeriod(before).end;
  const at = input.integer('cancel_at') ?? 0;
  if (at < world.clock.now()) throw invalid('`cancel_at` must be in the future.', 'cancel_at');
  return at;
}

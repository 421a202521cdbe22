import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import type { Call } from '../../http/route';
import { readDiscounts } from '../discounts/choice';
import { endDiscount, grantDiscounts } from '../discounts/discount';
import { resolvePaymentMethod } from '../payment-methods/payment-method';
import { applyChange } from './change';
import { readChange, readsNow } from './item-input';
import { cycle } from './lifecycle';
import { planChange } from './plan-change';
import {
  changeSubscription,
  currentPeriod,
  getSubscription,
  isOver,
  type SubscriptionRecord,
} from './subscription';

/** POST /v1/subscriptions/{id}. A canceled subscription accepts only metadata and cancellation details. */
export function updateSubscription({ world, input, part }: Call): object {
  const subscription = getSubscription(world, part('id'));
  if (isOver(subscription) && input.names().some((name) => !AFTER_THE_END.has(name))) {
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
  }
  const change: Partial<SubscriptionRecord> = {
    ...readCancellation(world, input, subscription),
    metadata: input.metadata(subscription.metadata),
  };
  const method = input.text('default_payment_method');
  if (method !== undefined) change.default_payment_method = ownMethod(world, method, subscription.customer);
  if (input.has('description')) change.description = input.text('description') ?? null;
  if (input.has('pause_collection')) change.pause_collection = readPause(input);
  const granted = readNewDiscounts(world, input, subscription);
  if (granted) change.discounts = granted;
  const changed = changeWith(world, input, { subscription, change });
  if (changed.cancel_at !== null && changed.cancel_at !== subscription.cancel_at) {
    world.scheduler.schedule('subscription.cancel', changed.id, changed.cancel_at);
  }
  return readTrialChange(world, input, changed);
}

/** Items are prorated and may be invoiced at once; everything else just changes. */
function changeWith(
  world: World,
  input: Input,
  { subscription, change }: { subscription: SubscriptionRecord; change: Partial<SubscriptionRecord> },
): SubscriptionRecord {
  if (!input.has('items') && !readsNow(input)) return changeSubscription(world, subscription.id, change);
  const discounted = { ...subscription, ...change };
  const plan = planChange(world, discounted, readChange(world, input, subscription));
  const wanted = input.text('payment_behavior');
  const behaviour =
    wanted === 'default_incomplete'
      ? wanted
      : wanted?.endsWith('_if_incomplete')
        ? 'error_if_incomplete'
        : 'allow_incomplete';
  return applyChange(world, subscription.id, { plan, rest: change, behaviour });
}

/** `discounts` replaces what was there; entries that name a discount keep it. */
function readNewDiscounts(world: World, input: Input, before: SubscriptionRecord): string[] | undefined {
  const { customer, currency } = before;
  const choices = readDiscounts(world, input, { customer, currency, amount: Number.MAX_SAFE_INTEGER });
  if (!choices) return undefined;
  const granted = grantDiscounts(world, choices, { customer, subscription: before.id }).map(({ id }) => id);
  for (const id of before.discounts as string[]) if (!granted.includes(id)) endDiscount(world, id);
  return granted;
}

const AFTER_THE_END: ReadonlySet<string> = new Set(['metadata', 'cancellation_details', 'expand']);

function readCancellation(
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

function ownMethod(world: World, id: string, customer: string): string {
  const method = resolvePaymentMethod(world, id, 'default_payment_method');
  if (method.customer === customer) return method.id;
  throw invalid(
    'The payment method must be attached to the customer.',
    'default_payment_method',
    'resource_missing',
  );
}

function readPause(input: Input): SubscriptionRecord['pause_collection'] {
  const pause = input.map('pause_collection');
  if (!pause.has('behavior')) return null;
  const behavior = pause.choice('behavior', ['keep_as_draft', 'mark_uncollectible', 'void'] as const);
  return { behavior: behavior ?? 'keep_as_draft', resumes_at: pause.integer('resumes_at') ?? null };
}

function readTrialChange(world: World, input: Input, subscription: SubscriptionRecord): SubscriptionRecord {
  if (input.text('trial_end') !== 'now' || subscription.status !== 'trialing') return subscription;
  const now = world.clock.now();
  world.journal.emit('customer.subscription.trial_will_end', subscription);
  return endTrial(world, subscription, now);
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

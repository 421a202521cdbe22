import { previousAttributes } from '../../core/diff';
import { newId } from '../../core/random';
import type { World } from '../../core/world';
import { getCustomer } from '../customers/customer';
import { getPrice } from '../prices/price';
import { planOf } from '../prices/plan';
import { newItem } from '../subscriptions/build';
import { applyChange } from '../subscriptions/change';
import { startSubscription } from '../subscriptions/create';
import { planChange, type ProrationBehaviour } from '../subscriptions/plan-change';
import {
  changeSubscription,
  currentPeriod,
  getSubscription,
  isOver,
  type SubscriptionRecord,
} from '../subscriptions/subscription';
import { complete, showEnd } from './end';
import {
  DEFAULT_SETTINGS,
  getSchedule,
  isOpen,
  type PhaseRecord,
  type ScheduleRecord,
  schedules,
} from './schedule.record';

const NOTICE = 7 * 86_400;

export interface NewSchedule {
  customer: string;
  subscription: string | null;
  phases: PhaseRecord[];
  end_behavior: 'release' | 'cancel';
  metadata: Record<string, string>;
}

/** Creates a schedule and starts it when its time has come; emits subscription_schedule.created. */
export function createSchedule(world: World, wanted: NewSchedule): ScheduleRecord {
  const schedule = schedules(world).put({
    id: newId('sub_sched', 24),
    object: 'subscription_schedule',
    application: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    canceled_at: null,
    completed_at: null,
    created: world.clock.now(),
    current_phase: null,
    customer_account: null,
    default_settings: DEFAULT_SETTINGS,
    livemode: false,
    pause_schedules: [],
    released_at: null,
    released_subscription: null,
    status: 'not_started',
    test_clock: world.clock.owner,
    ...wanted,
  } as ScheduleRecord);
  if (wanted.subscription !== null) {
    changeSubscription(world, wanted.subscription, { schedule: schedule.id });
  }
  const started = settle(world, schedule);
  world.journal.emit('subscription_schedule.created', started);
  return started;
}

/** A new or changed schedule takes its effect. */
export function settle(world: World, schedule: ScheduleRecord): ScheduleRecord {
  planJobs(world, schedule);
  follow(world, schedule.id);
  const settled = getSchedule(world, schedule.id);
  showEnd(world, settled);
  return settled;
}

/** Looks at the schedule again at each of its dates. */
function planJobs(world: World, schedule: ScheduleRecord): void {
  const now = world.clock.now();
  const dates = schedule.phases.flatMap((phase) => [phase.start_date, phase.end_date]);
  for (const at of new Set(dates)) if (at > now) world.scheduler.schedule('schedule.follow', schedule.id, at);
  const last = schedule.phases.at(-1)?.end_date ?? now;
  if (last - NOTICE > now) world.scheduler.schedule('schedule.expiring', schedule.id, last - NOTICE);
}

/** Enters the phase of the present, or ends the schedule after the last one. Does nothing when it is there already. */
export function follow(world: World, id: string): void {
  const schedule = getSchedule(world, id);
  if (!isOpen(schedule)) return;
  const now = world.clock.now();
  const phase = schedule.phases.find(({ start_date, end_date }) => start_date <= now && now < end_date);
  if (phase) enter(world, schedule, phase);
  else if ((schedule.phases.at(-1)?.end_date ?? Infinity) <= now) complete(world, schedule);
}

function enter(world: World, schedule: ScheduleRecord, phase: PhaseRecord): void {
  const { start_date, end_date } = phase;
  if (schedule.current_phase?.start_date === start_date) return;
  const subscription = schedule.subscription ?? startPhase(world, schedule, phase);
  if (schedule.subscription !== null && schedule.current_phase !== null) changeTo(world, subscription, phase);
  const before = getSchedule(world, schedule.id);
  const after = schedules(world).patch(schedule.id, {
    status: 'active',
    subscription,
    current_phase: { start_date, end_date },
  });
  if (before.current_phase === null) return;
  world.journal.emit('subscription_schedule.updated', after, { previous: previousAttributes(before, after) });
}

function startPhase(world: World, schedule: ScheduleRecord, phase: PhaseRecord): string {
  const customer = getCustomer(world, schedule.customer);
  const { subscription } = startSubscription(world, {
    customer,
    items: phase.items.map(({ price, quantity }) => ({ price: getPrice(world, price), quantity })),
    chargeWith: customer.invoice_settings.default_payment_method ?? undefined,
  });
  changeSubscription(world, subscription.id, { schedule: schedule.id });
  return subscription.id;
}

function changeTo(world: World, id: string, phase: PhaseRecord): void {
  const before = getSubscription(world, id);
  if (isOver(before)) return;
  const at = Math.min(world.clock.now(), currentPeriod(before).end);
  const behaviour = phase.proration_behavior as ProrationBehaviour;
  const asked = { items: itemsOf(world, before, phase), at, behaviour, resetsAnchor: false };
  applyChange(world, id, { plan: planChange(world, before, asked), rest: {}, behaviour: 'allow_incomplete' });
}

/** The items of a phase take the places of those before them. */
function itemsOf(world: World, before: SubscriptionRecord, phase: PhaseRecord): SubscriptionRecord['items'] {
  const now = world.clock.now();
  const data = phase.items.map(({ price: id, quantity }, i) => {
    const price = getPrice(world, id);
    const known = before.items.data[i];
    if (known) return { ...known, price, plan: planOf(price), quantity };
    return newItem(before.id, { price, quantity }, { now, ...currentPeriod(before) });
  });
  return { ...before.items, data, total_count: data.length };
}

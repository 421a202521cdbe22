import { type Cadence, boundary } from '../../billing/periods';
import { previousAttributes } from '../../core/diff';
import { invalid, missingParam } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
import { getActivePrice, getPrice } from '../prices/price';
import { currentPeriod, getSubscription } from '../subscriptions/subscription';
import { NOTHING } from '../../http/parameters';
import { cancelSchedule, endWithSubscription, releaseSchedule } from './end';
import { createSchedule, follow, settle } from './schedule';
import {
  getSchedule,
  isOpen,
  newPhase,
  phaseItem,
  type PhaseRecord,
  type ScheduleRecord,
  schedules,
} from './schedule.record';
import * as accepts from './schedule.parameters';

const BASE = '/subscription_schedules';

export const scheduleResource: Resource = {
  routes: [
    { method: 'POST', path: BASE, accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: BASE, accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: `${BASE}/:id`,
      accepts: NOTHING,
      handle: ({ world, part }) => getSchedule(world, part('id')),
    },
    { method: 'POST', path: `${BASE}/:id`, accepts: accepts.UPDATE, handle: update },
    {
      method: 'POST',
      path: `${BASE}/:id/release`,
      accepts: accepts.RELEASE,
      handle: ({ world, input, part }) =>
        releaseSchedule(world, part('id'), input.flag('preserve_cancel_date') ?? false),
    },
    {
      method: 'POST',
      path: `${BASE}/:id/cancel`,
      accepts: accepts.CANCEL,
      handle: ({ world, input, part }) =>
        cancelSchedule(world, part('id'), {
          prorate: input.flag('prorate') ?? true,
          invoiceNow: input.flag('invoice_now') ?? true,
        }),
    },
  ],
  start: (world) => {
    world.scheduler.on('schedule.follow', (id) => follow(world, id));
    world.scheduler.on('schedule.expiring', (id) => {
      const schedule = schedules(world).find(id);
      if (schedule && isOpen(schedule)) world.journal.emit('subscription_schedule.expiring', schedule);
    });
    world.signals.on('subscription.ended', (id) => endWithSubscription(world, id));
    // A phase that begins with a period has to change the items before the period is invoiced.
    world.signals.on('subscription.period_end', (subscription) => {
      for (const { id } of schedules(world).where('subscription', subscription)) follow(world, id);
    });
  },
};

function create({ world, input }: Call): object {
  const from = input.text('from_subscription');
  if (from !== undefined) return createFrom(world, from);
  const customer = getCustomer(world, input.requiredText('customer'), 'customer');
  const phases = readPhases(world, input, { start: readStart(world, input) });
  if (phases.length === 0) throw missingParam('phases');
  return createSchedule(world, {
    customer: customer.id,
    subscription: null,
    phases,
    end_behavior: input.choice('end_behavior', ['release', 'cancel'] as const) ?? 'release',
    metadata: input.metadata(),
  });
}

function readStart(world: World, input: Input): number {
  const now = world.clock.now();
  return input.text('start_date') === 'now' ? now : (input.integer('start_date') ?? now);
}

/** A schedule whose one phase is the period that a subscription is in. */
function createFrom(world: World, id: string): ScheduleRecord {
  const subscription = getSubscription(world, id, 'from_subscription');
  if (subscription.schedule !== null)
    throw invalid('This subscription already has a schedule.', 'from_subscription');
  const { start, end } = currentPeriod(subscription);
  const phase = newPhase({
    items: subscription.items.data.map(({ price, quantity }) => phaseItem(price, quantity)),
    start_date: start,
    end_date: end,
    currency: subscription.currency,
    proration_behavior: 'create_prorations',
  });
  const wanted = { customer: subscription.customer, subscription: id, phases: [phase], metadata: {} };
  return createSchedule(world, { ...wanted, end_behavior: 'release' });
}

/** Existing phases may keep inactive prices. */
function readPhases(
  world: World,
  input: Input,
  given: { start: number; before?: PhaseRecord[] },
): PhaseRecord[] {
  let from = given.start;
  const known = new Set(given.before?.flatMap(({ items }) => items.map(({ price }) => price)));
  return input.maps('phases').map((entry) => {
    const items = entry.maps('items').map((item) => {
      const id = item.requiredText('price');
      const price = known.has(id) ? getPrice(world, id) : getActivePrice(world, id, item.path('price'));
      return phaseItem(price, item.integer('quantity') ?? 1);
    });
    const price = getPrice(world, items[0]?.price ?? '', entry.path('items'));
    const date = entry.text('start_date') === 'now' ? world.clock.now() : entry.integer('start_date');
    const start_date = date ?? from;
    from = readEnd(entry, start_date, price.recurring ?? { interval: 'month', interval_count: 1 });
    return newPhase({
      items,
      start_date,
      end_date: from,
      currency: price.currency,
      proration_behavior: entry.text('proration_behavior') ?? 'create_prorations',
    });
  });
}

/** An end of its own, a duration, or so many periods of its price (one by default). */
function readEnd(entry: Input, start: number, cadence: Cadence): number {
  const end = entry.integer('end_date');
  if (end !== undefined) return end;
  const duration = entry.map('duration');
  const interval = duration.text('interval');
  if (interval === undefined) return boundary(start, cadence, entry.integer('iterations') ?? 1);
  return boundary(start, { interval, interval_count: duration.integer('interval_count') ?? 1 }, 1);
}

function list({ world, input }: Call): object {
  const customer = input.text('customer');
  const wanted = schedules(world)
    .newestFirst()
    .filter((schedule) => !customer || schedule.customer === customer)
    .filter(createdFilter(input));
  return paginate(wanted, input, `/v1${BASE}`);
}

function update({ world, input, part }: Call): object {
  const before = getSchedule(world, part('id'));
  if (!isOpen(before)) throw invalid(`This subscription schedule is ${before.status}.`, 'id');
  const start = before.phases[0]?.start_date ?? world.clock.now();
  const after = schedules(world).patch(before.id, {
    metadata: input.metadata(before.metadata ?? {}),
    end_behavior: input.choice('end_behavior', ['release', 'cancel'] as const) ?? before.end_behavior,
    ...(input.has('phases') ? { phases: readPhases(world, input, { start, before: before.phases }) } : {}),
  });
  world.journal.emit('subscription_schedule.updated', after, { previous: previousAttributes(before, after) });
  return settle(world, after);
}

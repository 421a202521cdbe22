import type Stripe from 'stripe';
import { invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { Call } from '../../http/route';

export type TestClockRecord = Omit<Stripe.TestHelpers.TestClock, 'deleted'>;

export const testClocks = defineCollection<TestClockRecord>('test_clocks');

const DAY = 86_400;
const LIFETIME = 30 * DAY;

export function createTestClock(world: World, frozen_time: number, name: string | null): TestClockRecord {
  const now = world.clock.now();
  const clock = testClocks(world).put({
    id: newId('clock', 24),
    object: 'test_helpers.test_clock',
    created: now,
    deletes_after: now + LIFETIME,
    frozen_time,
    livemode: false,
    name,
    status: 'ready',
    status_details: {},
  });
  world.journal.emit('test_helpers.test_clock.created', clock);
  return clock;
}

export function getTestClock(world: World, id: string, param = 'id'): TestClockRecord {
  const clock = testClocks(world).find(id);
  if (!clock) throw noSuch('test clock', id, param);
  return clock;
}

/**
 * Starts to move a clock. The answer says `advancing`; everything that falls due on the way then happens in order, each
 * at its own time, and the clock is `ready` again. `furthest` is the latest time allowed.
 */
export function advanceTestClock(
  world: World,
  id: string,
  to: { target: number; furthest: number },
): TestClockRecord {
  const clock = getTestClock(world, id);
  const { target } = to;
  if (clock.status !== 'ready') {
    throw invalid(
      'This test clock is advancing at the moment.',
      undefined,
      'test_clock_advancement_underway',
    );
  }
  if (target <= clock.frozen_time) throw invalid('A test clock can only be moved forward.', 'frozen_time');
  if (target > to.furthest) {
    throw invalid(
      'Cannot advance a test clock by more than two intervals of its shortest subscription (two years without one).',
      'frozen_time',
    );
  }
  const advancing = testClocks(world).patch(id, {
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: target } },
  });
  world.journal.emit('test_helpers.test_clock.advancing', advancing);
  world.scheduler.soon(() => {
    world.scheduler.advanceOwned(id, target);
    if (!testClocks(world).find(id)) return;
    const ready = testClocks(world).patch(id, { frozen_time: target, status: 'ready', status_details: {} });
    world.journal.emit('test_helpers.test_clock.ready', ready);
  });
  return advancing;
}

interface ClockOwner {
  object?: string;
  test_clock?: string | null;
  customer?: string | null;
}

/** Runs `work` at the frozen time of the test clock that one of the records lives on; otherwise at the present. */
export function onClockOf<T>(world: World, ids: readonly string[], work: () => T): T {
  for (const id of ids) {
    const clock = clockOf(world, id);
    if (clock) return world.clock.at(clock.frozen_time, work, clock.id);
  }
  return work();
}

function clockOf(world: World, id: string): TestClockRecord | undefined {
  if (testClocks(world).size === 0) return undefined;
  const record = world.store.findAnywhere(id) as ClockOwner | undefined;
  if (record?.object === 'test_helpers.test_clock') return testClocks(world).find(id);
  const customer = record?.customer
    ? (world.store.findAnywhere(record.customer) as ClockOwner | undefined)
    : undefined;
  return testClocks(world).find(record?.test_clock ?? customer?.test_clock ?? '');
}

const NAMING = [
  'test_clock',
  'customer',
  'subscription',
  'invoice',
  'payment_intent',
  'charge',
  'from_subscription',
] as const;

/** The records a call concerns: that of its path and those it names. Test clocks use real time. */
export function idsOf({ input, part }: Call): string[] {
  const own = part('id');
  if (own.startsWith('clock_')) return [];
  const named = NAMING.filter((name) => input.has(name) && !input.isMap(name)).map(
    (name) => input.text(name) ?? '',
  );
  return [own, ...named].filter((id) => id !== '');
}

import { boundary } from '../../billing/periods';
import { missingParam } from '../../core/errors';
import type { World } from '../../core/world';
import { paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { customers, deleteCustomer } from '../customers/customer';
import { isOver, subscriptions } from '../subscriptions/subscription';
import { NOTHING } from '../../http/parameters';
import {
  advanceTestClock,
  createTestClock,
  getTestClock,
  onClockOf,
  type TestClockRecord,
  testClocks,
} from './test-clock';
import * as accepts from './test-clock.parameters';

const BASE = '/test_helpers/test_clocks';

export const testClockResource: Resource = {
  routes: [
    { method: 'POST', path: BASE, accepts: accepts.CREATE, handle: create },
    {
      method: 'GET',
      path: BASE,
      accepts: accepts.LIST,
      handle: ({ world, input }) => paginate(testClocks(world).newestFirst(), input, `/v1${BASE}`),
    },
    {
      method: 'GET',
      path: `${BASE}/:id`,
      accepts: NOTHING,
      handle: ({ world, part }) => getTestClock(world, part('id')),
    },
    { method: 'POST', path: `${BASE}/:id/advance`, accepts: accepts.ADVANCE, handle: advance },
    { method: 'DELETE', path: `${BASE}/:id`, accepts: NOTHING, handle: remove },
  ],
};

function create({ world, input }: Call): object {
  const frozen = input.integer('frozen_time');
  if (frozen === undefined) throw missingParam('frozen_time');
  return createTestClock(world, frozen, input.text('name') ?? null);
}

function advance({ world, input, part }: Call): object {
  const clock = getTestClock(world, part('id'));
  const target = input.integer('frozen_time');
  if (target === undefined) throw missingParam('frozen_time');
  return advanceTestClock(world, clock.id, { target, furthest: furthestOf(world, clock) });
}

/** Two intervals of the shortest current subscription. */
function furthestOf(world: World, clock: TestClockRecord): number {
  const year = { interval: 'year', interval_count: 1 };
  const ends = subscriptions(world)
    .all()
    .filter((subscription) => subscription.test_clock === clock.id && !isOver(subscription))
    .map((subscription) =>
      boundary(clock.frozen_time, subscription.items.data[0]?.price.recurring ?? year, 2),
    );
  return Math.min(boundary(clock.frozen_time, year, 2), ...ends);
}

/** Deletes a test clock with its customers. */
function remove({ world, part }: Call): object {
  const clock = getTestClock(world, part('id'));
  for (const customer of customers(world).all()) {
    if (customer.test_clock !== clock.id || customer.deleted) continue;
    onClockOf(world, [customer.id], () => deleteCustomer(world, customer.id));
  }
  testClocks(world).remove(clock.id);
  world.scheduler.drop(clock.id);
  world.journal.emit('test_helpers.test_clock.deleted', clock);
  return { id: clock.id, object: 'test_helpers.test_clock', deleted: true };
}

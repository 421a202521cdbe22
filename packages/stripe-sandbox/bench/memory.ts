import { createSandbox } from '../src';
import { LoadClient } from './load';
import { startSubscription } from './year';

const YEAR = 365 * 86_400;
const SUBSCRIPTIONS = 300;
const YEARS = 4;

/** What a subscription costs in memory for each year it is kept; every year must cost the same. */
export async function measureMemory(): Promise<string[]> {
  const collect = globalThis.gc;
  if (!collect) return ['run with --expose-gc to measure memory'];
  const sandbox = createSandbox({ catalog: 'premium' });
  const client = new LoadClient(await sandbox.listen());
  await client.rate(SUBSCRIPTIONS, (n) => startSubscription(client, n));
  const { world } = sandbox.sandbox;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  // The first year fills what is kept of events in any case.
  world.scheduler.advanceTo(world.clock.now() + YEAR);
  const costs: number[] = [];
  for (let year = 1; year <= YEARS; year++) {
    const before = heap();
    world.scheduler.advanceTo(world.clock.now() + YEAR);
    costs.push((heap() - before) / SUBSCRIPTIONS);
  }
  console.log(
    `memory per subscription and year: ${costs.map((cost) => `${(cost / 1024).toFixed(1)} KiB`).join(', ')}`,
  );
  client.close();
  await sandbox.close();
  const [first = 0] = costs;
  const last = costs.at(-1) ?? 0;
  return last < first * 1.5 ? [] : [`a year costs more the older the sandbox is: ${costs.join(', ')}`];
}

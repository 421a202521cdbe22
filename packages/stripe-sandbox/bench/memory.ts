import { SandboxServer } from '../src/server';
import { LoadClient } from './load';
import { startSubscription } from './year';

const YEAR = 365 * 86_400;
const SUBSCRIPTIONS = 300;
/** By then, everything with an upper limit (events, idempotency keys, compiled code) has reached it. */
const WARM_UP_YEARS = 2;
const YEARS = 6;
const COLLECTIONS = 3;

/**
 * What a subscription costs in memory for each year it is kept; every year must cost the same. The medians of the
 * earlier and the later years decide, so that one collection at the wrong moment does not.
 */
export async function measureMemory(): Promise<string[]> {
  const collect = globalThis.gc;
  if (!collect) return ['run with --expose-gc to measure memory'];
  const sandbox = new SandboxServer({ catalog: 'premium' });
  const client = new LoadClient(await sandbox.listen());
  await client.rate(SUBSCRIPTIONS, (n) => startSubscription(client, n));
  const { world } = sandbox.sandbox;
  const advance = () => world.scheduler.advanceTo(world.clock.now() + YEAR);
  for (let year = 0; year < WARM_UP_YEARS; year++) advance();
  const costs: number[] = [];
  let before = await settledHeap(collect);
  for (let year = 0; year < YEARS; year++) {
    advance();
    const after = await settledHeap(collect);
    costs.push((after - before) / SUBSCRIPTIONS);
    before = after;
  }
  client.close();
  await sandbox.close();
  console.log(`memory per subscription and year: ${costs.map(inKiB).join(', ')}`);
  const [earlier, later] = [median(costs.slice(0, YEARS / 2)), median(costs.slice(YEARS / 2))];
  return later < earlier * 1.5 ? [] : [`a year costs ${inKiB(later)} later on, ${inKiB(earlier)} before`];
}

/** The heap after several collections, with a pause before each so that pending work can be released. */
async function settledHeap(collect: NodeJS.GCFunction): Promise<number> {
  const sizes: number[] = [];
  for (let i = 0; i < COLLECTIONS; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    void collect();
    sizes.push(process.memoryUsage().heapUsed);
  }
  return Math.min(...sizes);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function inKiB(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

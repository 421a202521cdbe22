import { SandboxServer } from '../src/server';
import { type Cost, costOf, leastCost } from './cost';
import { LoadClient } from './load';

const DAY = 86_400;
const YEAR = 365 * DAY;

/** What a year of billing costs for so many monthly subscriptions. */
async function yearOf(subscriptions: number): Promise<Cost> {
  const sandbox = new SandboxServer({ catalog: 'premium' });
  const client = new LoadClient(await sandbox.listen());
  await client.rate(subscriptions, (n) => startSubscription(client, n));
  const { world } = sandbox.sandbox;
  const cost = await costOf(() => world.scheduler.advanceTo(world.clock.now() + YEAR));
  client.close();
  await sandbox.close();
  return cost;
}

export async function startSubscription(client: LoadClient, n: number): Promise<void> {
  const card = 'payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa';
  const { id } = await client.object('POST', '/customers', `email=s${n}@example.com&${card}`);
  await client.object('POST', '/subscriptions', `customer=${id}&items[0][price]=price_premium_monthly`);
}

/** A year for a thousand subscriptions, and for a quarter of them: the cost must be that of the work, not of the state. */
export async function measureYear(): Promise<string[]> {
  await yearOf(50);
  const quarter = await yearOf(250);
  const whole = await yearOf(1_000);
  console.log(`a year for 250 subscriptions   ${(quarter.wallMs / 1000).toFixed(2)} s`);
  console.log(`a year for 1,000 subscriptions ${(whole.wallMs / 1000).toFixed(2)} s`);
  const ratio = whole.cpuMs / quarter.cpuMs;
  return ratio < 10 ? [] : [`four times the subscriptions cost ${ratio.toFixed(1)} times as much`];
}

/** Reading one object, with ten times the state. */
export async function measureReading(): Promise<string[]> {
  const sandbox = new SandboxServer({ catalog: 'premium' });
  const client = new LoadClient(await sandbox.listen());
  const { id } = await client.object('POST', '/customers', 'email=one@example.com');
  const read = () => leastCost(() => client.rate(1_500, () => client.object('GET', `/customers/${id}`)));
  await client.rate(300, (n) => startSubscription(client, n));
  const small = await read();
  await client.rate(2_700, (n) => startSubscription(client, n));
  const large = await read();
  client.close();
  await sandbox.close();
  const ratio = large / small;
  console.log(`reading one object with ten times the state costs ${ratio.toFixed(2)} times as much`);
  return ratio < 4 ? [] : [`reading slows down with the state: ${ratio.toFixed(1)} times`];
}

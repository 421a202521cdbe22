import { createSandbox } from '../index';
import { LoadClient } from './load';

const DAY = 86_400;
const YEAR = 365 * DAY;

/** How long a year of billing takes for so many monthly subscriptions, in milliseconds. */
export async function yearOf(subscriptions: number): Promise<number> {
  const sandbox = createSandbox({ catalog: 'premium' });
  const client = new LoadClient(await sandbox.listen());
  await client.rate(subscriptions, (n) => startSubscription(client, n));
  const { world } = sandbox.sandbox;
  const started = performance.now();
  world.scheduler.advanceTo(world.clock.now() + YEAR);
  const took = performance.now() - started;
  client.close();
  await sandbox.close();
  return took;
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
  console.log(`a year for 250 subscriptions   ${(quarter / 1000).toFixed(2)} s`);
  console.log(`a year for 1,000 subscriptions ${(whole / 1000).toFixed(2)} s`);
  const ratio = whole / quarter;
  return ratio < 8 ? [] : [`four times the subscriptions cost ${ratio.toFixed(1)} times the time`];
}

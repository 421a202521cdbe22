import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LoadClient } from './load';

const COUNT = 3_000;

/** Calls per second against a sandbox process of its own, the load generator beside it. */
export async function measureThroughput(): Promise<void> {
  const { child, url } = await startProcess();
  const client = new LoadClient(url);
  try {
    await measure(client);
  } finally {
    client.close();
    child.kill('SIGTERM');
    await once(child, 'close');
  }
}

async function startProcess(): Promise<{ child: ChildProcess; url: string }> {
  const env = { ...process.env, SANDBOX_PORT: '0', SANDBOX_CATALOG: 'premium' };
  const child = spawn(process.execPath, [join(__dirname, '..', 'src', 'main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, url: (JSON.parse(line) as { url: string }).url };
  }
  throw new Error('the sandbox did not start');
}

async function measure(client: LoadClient): Promise<void> {
  const row = async (name: string, count: number, work: (n: number) => Promise<unknown>) => {
    const rate = await client.rate(count, work);
    console.log(`${name.padEnd(52)} ${rate.toFixed(0).padStart(7)} calls/s`);
  };
  const card = 'payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa';
  const ids: string[] = [];
  await row('create a customer with a card', COUNT, async (n) => {
    ids.push((await client.object('POST', '/customers', `email=s${n}@example.com&${card}`)).id);
  });
  const at = (n: number) => ids[n % ids.length] ?? '';
  const subscribe = (n: number) =>
    client.object('POST', '/subscriptions', `customer=${at(n)}&items[0][price]=price_premium_monthly`);
  await row('create a subscription: invoice, charge, 11 events', COUNT, subscribe);
  await row('retrieve a customer', COUNT, (n) => client.object('GET', `/customers/${at(n)}`));
  await row('retrieve a subscription with its invoice', COUNT, async (n) => {
    const query = `customer=${at(n)}&expand[]=data.latest_invoice`;
    await client.object('GET', `/subscriptions?${query}`);
  });
  await row('list ten of all customers', COUNT / 3, () => client.object('GET', '/customers?limit=10'));
  await row('list ten of all events', COUNT / 3, () => client.object('GET', '/events?limit=10'));
  await row('update metadata', COUNT, (n) =>
    client.object('POST', `/customers/${at(n)}`, `metadata[n]=${n}`),
  );
}

import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import Stripe from 'stripe';
import globalSetup from '../test/support/global-setup';
import globalTeardown from '../test/support/global-teardown';
import { call } from '../test/support/http';
import { startStack, type Stack } from '../test/support/stack';
import { pay, Student } from '../test/support/student';
import { deliver, eventBody } from '../test/support/webhook';
import { run as measureSearch } from './search';
import { HEADER, load, row, summarise, type Measured } from './measure';

// Each measurement takes a few seconds on loopback. Machines are shared, so compare the ratios, not the figures.
const LOAD = { count: 2000, concurrency: 32 };
const PURCHASES = 15;
const DISTINCT_BODIES = 500;

/** About the size of a real subscription event. */
const padding = { description: 'x'.repeat(3500) };

/** Few distinct bodies, so that creating them is not measured. Half of them cause work, half are ignored. */
const BODIES = Array.from({ length: DISTINCT_BODIES }, (_, n) => ({
  type: n % 2 === 0 ? 'invoice.paid' : 'charge.succeeded',
  object: { id: `in_${n}`, object: 'invoice', customer: `cus_bench_${n}`, ...padding },
}));

function bodyOf(n: number) {
  const body = BODIES[n % DISTINCT_BODIES];
  if (body === undefined) throw new RangeError(`no body ${n}`);
  return body;
}

async function payToOpen(stack: Stack): Promise<Measured> {
  const { hostname: host, port } = new URL(stack.sandboxUrl);
  const stripe = new Stripe('sk_test_sandbox', {
    host,
    port: Number(port),
    protocol: 'http',
    telemetry: false,
  });
  const times: number[] = [];
  const started = performance.now();
  for (let n = 0; n < PURCHASES; n++) {
    const student = await Student.register(stack.apiUrl);
    const { sessionId } = await student.checkout();
    const at = performance.now();
    await pay(stripe, sessionId);
    while ((await student.get('/chapters/chapter-4')).status !== 200) {
      if (performance.now() - at > 20_000) throw new Error('chapter 4 did not open within 20 s');
    }
    times.push(performance.now() - at);
  }
  return summarise(times, 0, performance.now() - started);
}

async function measure(redis: boolean): Promise<void> {
  const stack = await startStack({ redis, env: { LOG_LEVEL: 'warn' } });
  try {
    const student = await Student.register(stack.apiUrl);
    const baseline = await load(
      LOAD,
      async () => (await call('GET', `${stack.apiUrl}/health/live`)).status === 200,
    );
    const acks = await load(LOAD, async (n) => {
      const id = `evt_${n}_${randomBytes(4).toString('hex')}`;
      return (await deliver(stack.apiUrl, eventBody({ id, ...bodyOf(n) }))).status === 200;
    });
    const chapters = await load(LOAD, async () => (await student.get('/chapters/chapter-1')).status === 200);
    const opened = await payToOpen(stack);
    console.log(`\n${redis ? 'with Redis (Bull)' : 'without Redis (dispatcher)'}\n${HEADER}`);
    console.log(row('GET /health/live (baseline)', baseline, baseline));
    console.log(row('webhook: verified, stored, hinted, 200', acks, baseline));
    console.log(row('GET chapter-1, signed in', chapters, baseline));
    console.log(row('payment to open chapter, one at a time', opened, baseline));
  } finally {
    await stack.stop();
  }
}

async function main(): Promise<void> {
  // Only the table is printed.
  Logger.overrideLogger(false);
  await globalSetup();
  try {
    if (process.env['TEST_REDIS_URL'] !== undefined) await measure(true);
    else console.log('no redis-server found: measured without Redis only');
    await measure(false);
    await measureSearch();
  } finally {
    await globalTeardown();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

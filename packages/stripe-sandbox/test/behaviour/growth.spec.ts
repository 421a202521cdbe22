import type { SandboxServer } from '../../src/server';
import { Bench } from '../support/harness';

const YEAR = 365 * 86_400;
const SUBSCRIPTIONS = 20;

/** How many of each thing a sandbox remembers, however it is stored. */
function counts({ sandbox }: SandboxServer): Record<string, number> {
  const { records, jobs, deliveries, idempotency } = sandbox.snapshot();
  const stored = Object.entries(records).map(([name, list]) => [name, list.length]);
  return {
    ...(Object.fromEntries(stored) as Record<string, number>),
    jobs: jobs.length,
    deliveries: deliveries.length,
    idempotency: idempotency.length,
  };
}

function growth(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  const names = Object.keys(after).filter((name) => after[name] !== before[name]);
  return Object.fromEntries(names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
}

async function startMany(bench: Bench): Promise<void> {
  for (let n = 0; n < SUBSCRIPTIONS; n++) await bench.subscribe();
}

describe('the state of a sandbox', () => {
  it('grows by the same number of API objects every year and by nothing else', async () => {
    const bench = await Bench.start();
    await startMany(bench);
    const { world } = bench.sandbox.sandbox;
    const pass = () => world.scheduler.advanceTo(world.clock.now() + YEAR);
    // Some days beyond the anniversary, so that no renewal is half done when things are counted.
    world.scheduler.advanceTo(world.clock.now() + YEAR + 5 * 86_400);
    const seen = [counts(bench.sandbox)];
    for (let year = 0; year < 3; year++) {
      pass();
      seen.push(counts(bench.sandbox));
    }
    const [first, second, third] = seen.slice(1).map((after, i) => growth(seen[i] ?? {}, after));
    const perYear = (year: Record<string, number> = {}) =>
      Object.fromEntries(
        Object.entries(year).filter(([name]) => !['events', 'deliveries', 'jobs'].includes(name)),
      );
    const invoices = SUBSCRIPTIONS * 12;
    expect(perYear(second)).toEqual({
      charges: invoices,
      invoices,
      invoice_payments: invoices,
      payment_intents: invoices,
      _invoice_payment_intents: invoices,
    });
    expect(perYear(third)).toEqual(perYear(second));
    expect(perYear(first)).toEqual(perYear(second));
    const last = seen.at(-1) ?? {};
    expect(last['jobs']).toBeLessThanOrEqual(SUBSCRIPTIONS * 3);
    expect(last['events']).toBeLessThanOrEqual(10_000 + SUBSCRIPTIONS * 12 * 2);
    await bench.close();
  });

  it('stays the same size with keepDays', async () => {
    const bench = await Bench.start({ keepDays: 90 });
    await startMany(bench);
    const { world } = bench.sandbox.sandbox;
    const [subscription] = (await bench.stripe.subscriptions.list()).data;
    const payments = await bench.stripe.paymentIntents.list({
      customer: subscription?.customer as string,
    });
    await bench.stripe.refunds.create({ payment_intent: payments.data[0]?.id ?? '' });
    const session = await bench.openCheckout();
    await bench.stripe.checkout.sessions.expire(session.id);
    const pass = () => world.scheduler.advanceTo(world.clock.now() + YEAR);
    pass();
    const before = counts(bench.sandbox);
    pass();
    const after = counts(bench.sandbox);
    for (const name of ['invoices', 'charges', 'payment_intents', 'invoice_payments']) {
      expect(Math.abs((after[name] ?? 0) - (before[name] ?? 0))).toBeLessThanOrEqual(SUBSCRIPTIONS * 2);
      expect(after[name]).toBeLessThanOrEqual(SUBSCRIPTIONS * 5);
    }
    expect(after['checkout_sessions']).toBe(0);
    // What a refund points to is still there, and so is each living subscription's latest invoice.
    expect((await bench.stripe.refunds.list({ expand: ['data.charge'] })).data[0]).toMatchObject({
      charge: { object: 'charge', refunded: true },
    });
    const living = await bench.stripe.subscriptions.list({ expand: ['data.latest_invoice.payments'] });
    expect(living.data[0]?.latest_invoice).toMatchObject({ status: 'paid', payments: { data: [{}] } });
    await bench.close();
  });
});

describe('a clock moved far ahead', () => {
  it('still delivers every event, however old it is', async () => {
    const bench = await Bench.start();
    await startMany(bench);
    await bench.control('deliveries/pause');
    const { world, dispatcher } = bench.sandbox.sandbox;
    for (let years = 0; years < 6; years++) world.scheduler.advanceTo(world.clock.now() + YEAR);
    const sent = dispatcher.list().length;
    expect(sent).toBeGreaterThan(10_000);
    const events = counts(bench.sandbox)['events'] ?? 0;
    expect(events).toBeGreaterThanOrEqual(sent);
    await bench.close();
  });
});

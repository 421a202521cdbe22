import type Stripe from 'stripe';
import { Bench, GOOD_CARD, waitUntil } from '../support/harness';

const START = Date.UTC(2027, 0, 31, 12) / 1000;
const DAY = 86_400;

describe('test clocks', () => {
  let bench: Bench;
  let clock: Stripe.TestHelpers.TestClock;
  beforeEach(async () => {
    bench = await Bench.start();
    clock = await bench.stripe.testHelpers.testClocks.create({ frozen_time: START, name: 'A year' });
  });
  afterEach(() => bench.close());

  const advance = async (to: number) => {
    const asked = await bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
    expect(asked.status).toBe('advancing');
    for (let i = 0; i < 100; i++) {
      const { status } = await bench.stripe.testHelpers.testClocks.retrieve(clock.id);
      if (status === 'ready') return;
    }
    throw new Error('The clock did not get ready.');
  };
  const subscribe = async () => {
    const customer = await bench.stripe.customers.create({
      test_clock: clock.id,
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    return bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
    });
  };
  const invoices = async (subscription: string) =>
    (await bench.stripe.invoices.list({ subscription, limit: 100 })).data.reverse();

  it('applies only to its own customers', async () => {
    const [mine, other] = [await subscribe(), await bench.subscribe()];
    expect(mine).toMatchObject({ created: START, test_clock: clock.id, billing_cycle_anchor: START });
    expect(Math.abs(other.created - Date.now() / 1000)).toBeLessThan(10);
    await advance(START + 40 * DAY);
    expect(await invoices(mine.id)).toHaveLength(2);
    expect(await invoices(other.id)).toHaveLength(1);
    await bench.advanceDays(70);
    expect(await invoices(mine.id)).toHaveLength(2);
    expect(await invoices(other.id)).toHaveLength(3);
  });

  it('renews a customer for a year in order, from a month end', async () => {
    const { id } = await subscribe();
    for (let month = 1; month <= 12; month++) await advance(Date.UTC(2027, month, 31, 14) / 1000);
    const all = await invoices(id);
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 13 }, () => 'paid'));
    const days = all.map(({ created }) => new Date(created * 1000).toISOString().slice(5, 10));
    expect(days.slice(0, 4)).toEqual(['01-31', '02-28', '03-31', '04-30']);
    const created = all.map((invoice) => invoice.created);
    expect(created).toEqual([...created].sort((a, b) => a - b));
  });

  it('moves forward only, by two intervals at most', async () => {
    await subscribe();
    for (const to of [START - DAY, START + 70 * DAY]) {
      await expect(
        bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to }),
      ).rejects.toMatchObject({ param: 'frozen_time' });
    }
  });

  it('applies to the Checkout page too', async () => {
    const customer = await bench.stripe.customers.create({ test_clock: clock.id, email: 'a@example.com' });
    const session = await bench.openCheckout({ customer: customer.id });
    await bench.submit(session.url ?? '', { ...GOOD_CARD, cardExpiry: '12 / 40' });
    const [subscription] = (await bench.stripe.subscriptions.list({ customer: customer.id })).data;
    expect(subscription).toMatchObject({ created: START, test_clock: clock.id, status: 'active' });
  });

  it('deletes its customers when it is deleted', async () => {
    const { id, customer } = await subscribe();
    await bench.stripe.testHelpers.testClocks.del(clock.id);
    expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe('canceled');
    expect(await bench.stripe.customers.retrieve(customer as string)).toMatchObject({ deleted: true });
    await waitUntil(() => bench.inbox.types.includes('test_helpers.test_clock.deleted'), 'the event');
  });
});

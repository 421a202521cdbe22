import type Stripe from 'stripe';
import { Bench } from '../support/harness';

describe('pauses', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const latest = async (subscription: string) =>
    (await bench.stripe.invoices.list({ subscription })).data[0] as Stripe.Invoice;
  const current = (id: string) => bench.stripe.subscriptions.retrieve(id);
  const keepUnused = { bill_for: { unused_time_from: { type: 'none' } } };

  it('stop the periods until the subscription resumes with an uncharged invoice', async () => {
    const { id } = await bench.subscribe();
    const paused = await bench.stripe.subscriptions.pause(id, keepUnused);
    expect(paused).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'pause_requested' }, type: 'subscription' } },
    });
    await bench.advanceDays(60);
    expect((await bench.stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
    const resumed = await bench.stripe.subscriptions.resume(id);
    expect(resumed).toMatchObject({
      status: 'paused',
      billing_cycle_anchor: resumed.items.data[0]?.current_period_start,
    });
    const open = await latest(id);
    expect(open).toMatchObject({ status: 'open', amount_due: 999, attempted: false });
    await bench.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa' });
    const living = await current(id);
    expect(living.status).toBe('active');
    expect(living).not.toHaveProperty('status_details');
    await bench.inbox.waitFor('customer.subscription.paused');
    await bench.inbox.waitFor('customer.subscription.resumed');
  });

  it('credit unused time on the invoice of the resumption', async () => {
    const { id, customer } = await bench.subscribe();
    await bench.advanceDays(10);
    await bench.stripe.subscriptions.pause(id);
    const items = await bench.stripe.invoiceItems.list({ customer: customer as string });
    const credit = items.data[0]?.amount ?? 0;
    expect(credit).toBeLessThan(-600);
    await bench.stripe.subscriptions.resume(id, { payment_behavior: 'resume_on_payment_success' });
    expect(await latest(id)).toMatchObject({ status: 'paid', amount_paid: 999 + credit });
    expect((await current(id)).status).toBe('active');
  });

  it('resume in the same period and invoice the rest of it with the next renewal', async () => {
    const { id, customer } = await bench.subscribe();
    await bench.stripe.subscriptions.pause(id);
    const resumed = await bench.stripe.subscriptions.resume(id, {
      billing_cycle_anchor: { type: 'unchanged' },
    });
    expect(resumed.status).toBe('active');
    const items = await bench.stripe.invoiceItems.list({ customer: customer as string });
    const amounts = items.data.map(({ amount }) => amount);
    const net = amounts.reduce((sum, amount) => sum + amount, 0);
    // Stripe floors the credit and the charge separately, so together they may lose one minor unit.
    expect([-1, 0]).toContain(net);
    await bench.advanceDays(32);
    expect((await bench.stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
    expect(await latest(id)).toMatchObject({ amount_paid: 999 + net });
  });

  it('keep the anchor when the period has ended long ago', async () => {
    const { id, billing_cycle_anchor } = await bench.subscribe();
    await bench.stripe.subscriptions.pause(id, keepUnused);
    await bench.advanceDays(75);
    const resumed = await bench.stripe.subscriptions.resume(id, {
      billing_cycle_anchor: { type: 'unchanged' },
      proration_behavior: 'none',
    });
    const { current_period_start: start, current_period_end: end } = resumed.items
      .data[0] as Stripe.SubscriptionItem;
    const now = resumed.created + 75 * 86_400;
    expect(resumed).toMatchObject({ status: 'active', billing_cycle_anchor });
    expect(start).toBeLessThanOrEqual(now + 60);
    expect(end).toBeGreaterThan(now);
    expect(new Date(end * 1000).getUTCHours()).toBe(new Date(billing_cycle_anchor * 1000).getUTCHours());
  });

  it('continue while resume_on_payment_success fails, and end with any attempt otherwise', async () => {
    for (const payment_behavior of ['resume_on_payment_success', 'resume_on_payment_attempt'] as const) {
      const { id, customer } = await bench.subscribe();
      await bench.stripe.subscriptions.pause(id, keepUnused);
      const failing = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
        customer: customer as string,
      });
      await bench.stripe.subscriptions.update(id, { default_payment_method: failing.id });
      await bench.stripe.subscriptions.resume(id, { payment_behavior });
      const invoice = (await latest(id)).id;
      const isAttempt = payment_behavior === 'resume_on_payment_attempt';
      if (isAttempt) await expect(bench.stripe.invoices.pay(invoice)).rejects.toThrow('declined');
      expect((await current(id)).status).toBe(isAttempt ? 'past_due' : 'paused');
      const tries = await bench.stripe.invoices.retrieve(invoice);
      expect(tries.next_payment_attempt === null).toBe(isAttempt);
      await bench.stripe.invoices.pay(invoice, { payment_method: 'pm_card_visa' });
      expect((await current(id)).status).toBe('active');
    }
  });

  it('continue and void the invoice when the resumption is not paid within 23 hours', async () => {
    const { id } = await bench.subscribe();
    await bench.stripe.subscriptions.pause(id, keepUnused);
    await bench.stripe.subscriptions.resume(id);
    await bench.advanceDays(1);
    expect(await latest(id)).toMatchObject({ status: 'void' });
    expect((await current(id)).status).toBe('paused');
  });

  it('are refused in other states', async () => {
    const { id } = await bench.subscribe();
    await expect(bench.stripe.subscriptions.resume(id)).rejects.toMatchObject({ statusCode: 400 });
    await bench.stripe.subscriptionSchedules.create({ from_subscription: id });
    await expect(bench.stripe.subscriptions.pause(id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it.each([
    ['keep_as_draft', 'draft'],
    ['mark_uncollectible', 'uncollectible'],
    ['void', 'void'],
  ] as const)(
    'of collection alone leave renewals with %s as %s, until their date',
    async (behavior, status) => {
      const { id, created } = await bench.subscribe();
      const resumes_at = created + 40 * 86_400;
      await bench.stripe.subscriptions.update(id, { pause_collection: { behavior, resumes_at } });
      await bench.advanceDays(33);
      expect(await latest(id)).toMatchObject({ status });
      expect((await current(id)).status).toBe('active');
      await bench.advanceDays(32);
      expect((await current(id)).pause_collection).toBeNull();
      expect(await latest(id)).toMatchObject({ status: 'paid', amount_paid: 999 });
    },
  );
});

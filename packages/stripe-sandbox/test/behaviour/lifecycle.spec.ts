import type Stripe from 'stripe';
import { Bench } from '../support/harness';

describe('the life of a subscription', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const current = (id: string) => bench.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });

  it('starts the new period an hour before the charge', async () => {
    const subscription = await bench.subscribe();
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    await bench.control('clock', { to: new Date((end + 60) * 1000).toISOString() });
    const rolled = await current(subscription.id);
    expect(rolled.items.data[0]?.current_period_start).toBe(end);
    expect(rolled).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'draft', next_payment_attempt: end + 3600 },
    });
    await bench.control('clock', { advance_seconds: 3600 });
    expect(await current(subscription.id)).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'paid', billing_reason: 'subscription_cycle' },
    });
  });

  it('renews twelve times in a year, in order', async () => {
    const subscription = await bench.subscribe();
    await bench.advanceDays(366);
    const invoices = await bench.stripe.invoices.list({ subscription: subscription.id, limit: 100 });
    expect(invoices.data).toHaveLength(13);
    expect(invoices.data.every(({ status }) => status === 'paid')).toBe(true);
    const created = invoices.data.map((invoice) => invoice.created);
    expect(created).toEqual([...created].sort((a, b) => b - a));
    const numbers = invoices.data.map(({ number }) => Number(number?.split('-')[1]));
    expect(numbers).toEqual(Array.from({ length: 13 }, (_, i) => 13 - i));
  });

  it('becomes past due, is retried, and is canceled after the last retry', async () => {
    const subscription = await bench.subscribe();
    const failing = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: subscription.customer as string,
    });
    await bench.stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
    await bench.advanceDays(32);
    const behind = await current(subscription.id);
    expect(behind.status).toBe('past_due');
    expect((behind.latest_invoice as Stripe.Invoice).next_payment_attempt).toBeGreaterThan(0);
    await bench.advanceDays(15);
    expect(await current(subscription.id)).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_failed' },
      latest_invoice: { status: 'open', attempt_count: 9, next_payment_attempt: null },
    });
    await bench.inbox.waitFor('customer.subscription.deleted');
  });

  it('becomes active again when a new card pays during the retries', async () => {
    const subscription = await bench.subscribe();
    const customer = subscription.customer as string;
    const failing = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await bench.stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
    await bench.advanceDays(32);
    const good = await bench.stripe.paymentMethods.attach('pm_card_visa', { customer });
    await bench.stripe.subscriptions.update(subscription.id, { default_payment_method: good.id });
    await bench.advanceDays(3);
    expect(await current(subscription.id)).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'paid' },
    });
  });

  it('ends at the period end, unless the cancellation is undone', async () => {
    const [leaving, staying] = [await bench.subscribe(), await bench.subscribe()];
    for (const { id } of [leaving, staying]) {
      const scheduled = await bench.stripe.subscriptions.update(id, { cancel_at_period_end: true });
      expect(scheduled).toMatchObject({
        cancel_at_period_end: true,
        cancel_at: scheduled.items.data[0]?.current_period_end,
        status: 'active',
      });
    }
    const resumed = await bench.stripe.subscriptions.update(staying.id, { cancel_at_period_end: false });
    expect(resumed).toMatchObject({ cancel_at: null, canceled_at: null, cancel_at_period_end: false });
    await bench.advanceDays(32);
    expect((await current(leaving.id)).status).toBe('canceled');
    expect((await current(staying.id)).status).toBe('active');
    expect((await bench.stripe.invoices.list({ subscription: leaving.id })).data).toHaveLength(1);
  });

  it('ends at cancel_at', async () => {
    const subscription = await bench.subscribe();
    const at = subscription.created + 5 * 86_400;
    expect(await bench.stripe.subscriptions.update(subscription.id, { cancel_at: at })).toMatchObject({
      cancel_at: at,
      cancel_at_period_end: false,
    });
    await bench.advanceDays(6);
    expect(await current(subscription.id)).toMatchObject({ status: 'canceled', ended_at: at });
  });

  it('ends at once when canceled, for good', async () => {
    const { id } = await bench.subscribe();
    expect(await bench.stripe.subscriptions.cancel(id)).toMatchObject({ status: 'canceled' });
    await expect(bench.stripe.subscriptions.cancel(id)).rejects.toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    });
    await expect(bench.stripe.subscriptions.update(id, { cancel_at_period_end: true })).rejects.toMatchObject(
      {
        statusCode: 400,
      },
    );
    await bench.inbox.waitFor('customer.subscription.deleted');
  });

  it('ends when its customer is deleted', async () => {
    const { id, customer } = await bench.subscribe();
    await bench.stripe.customers.del(customer as string);
    expect(await bench.stripe.customers.retrieve(customer as string)).toEqual(
      expect.objectContaining({ id: customer, object: 'customer', deleted: true }),
    );
    expect((await current(id)).status).toBe('canceled');
    await bench.inbox.waitFor('customer.deleted');
  });

  it('starts incomplete when the first charge fails, and expires after 23 hours', async () => {
    const { id, status } = await bench.subscribe('pm_card_chargeCustomerFail');
    expect(status).toBe('incomplete');
    await bench.advanceDays(1);
    expect(await current(id)).toMatchObject({
      status: 'incomplete_expired',
      latest_invoice: { status: 'void' },
    });
    const [payment] = (await bench.stripe.invoicePayments.list({ expand: ['data.payment.payment_intent'] }))
      .data;
    expect(payment).toMatchObject({
      status: 'canceled',
      payment: { payment_intent: { status: 'canceled', cancellation_reason: 'void_invoice' } },
    });
  });

  it('creates nothing when error_if_incomplete is declined', async () => {
    const customer = await bench.stripe.customers.create();
    const method = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customer.id,
    });
    const create = bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      default_payment_method: method.id,
      payment_behavior: 'error_if_incomplete',
    });
    await expect(create).rejects.toMatchObject({ type: 'StripeCardError', code: 'card_declined' });
    expect(
      (await bench.stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data,
    ).toHaveLength(0);
  });

  it('runs a trial: free invoice, notice three days before, then the first charge', async () => {
    const customer = await bench.stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const { id, status } = await bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      trial_period_days: 7,
    });
    expect(status).toBe('trialing');
    expect(await current(id)).toMatchObject({ latest_invoice: { status: 'paid', total: 0 } });
    await bench.advanceDays(5);
    await bench.inbox.waitFor('customer.subscription.trial_will_end');
    await bench.advanceDays(3);
    expect(await current(id)).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'paid', total: 999 },
    });
  });

  it.each([
    ['cancel', 'canceled'],
    ['pause', 'paused'],
    ['create_invoice', 'past_due'],
  ] as const)('ends a trial without a card by %s', async (missing_payment_method, status) => {
    const customer = await bench.stripe.customers.create();
    const { id } = await bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      trial_period_days: 4,
      trial_settings: { end_behavior: { missing_payment_method } },
    });
    await bench.advanceDays(5);
    expect((await current(id)).status).toBe(status);
  });

  it('delays finalization while its endpoint refuses invoice.created, for 72 hours at most', async () => {
    const strict = await Bench.start({ delayFinalization: true });
    const { id } = await strict.subscribe();
    const latest = async () => (await strict.stripe.invoices.list({ subscription: id })).data[0];
    await strict.inbox.waitFor('invoice.created');
    strict.inbox.answer = (event) => (event.type === 'invoice.created' ? 500 : 200);
    const end = (await strict.stripe.subscriptions.retrieve(id)).items.data[0]?.current_period_end ?? 0;
    await strict.control('clock', { to: new Date((end + 60) * 1000).toISOString() });
    await strict.inbox.waitFor('invoice.created', 3);
    await strict.control('clock', { advance_seconds: 5 * 3600 });
    expect((await latest())?.status).toBe('draft');
    await strict.control('clock', { advance_seconds: 70 * 3600 });
    expect((await latest())?.status).toBe('paid');
    await strict.close();
  });

  it('never moves the clock backwards', async () => {
    const answer = await bench.control('clock', { to: '2001-01-01T00:00:00Z' });
    expect(answer).toMatchObject({ error: { message: 'The clock never runs backwards.' } });
  });
});

describe('the account’s rule for the end of retries', () => {
  it.each([
    ['cancel', 'canceled'],
    ['unpaid', 'unpaid'],
    ['past_due', 'past_due'],
  ] as const)('%s leaves a subscription %s', async (afterRetries, status) => {
    const bench = await Bench.start({ afterRetries });
    const subscription = await bench.subscribe();
    const failing = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: subscription.customer as string,
    });
    await bench.stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
    await bench.advanceDays(50);
    expect((await bench.stripe.subscriptions.retrieve(subscription.id)).status).toBe(status);
    await bench.close();
  });
});

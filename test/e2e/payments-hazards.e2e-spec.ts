import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import { TestApp } from '../support/app';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';
import { deliver, eventBody, signatureOf } from '../support/webhook';
import { becomePremium } from '../support/purchase';

/** Situations that once went wrong, or would have: each names what must hold. */
describe('payment hazards', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null, drop: 0 }));
  afterAll(() => app.stop());

  const customerOf = async (student: Student) =>
    (
      await app.sql<{ id: string | null }>('SELECT stripe_customer_id AS id FROM users WHERE id = $1', [
        student.id,
      ])
    )[0]?.id;

  async function payByDebit(sessionId: string): Promise<void> {
    const method = await app.stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban: 'AT611904300234573201' },
      billing_details: { name: 'Ada', email: 'ada@example.com' },
    });
    await app.stripe.rawRequest('POST', `/v1/payment_pages/${sessionId}/confirm`, {
      payment_method: method.id,
    });
  }

  async function buySubscription(): Promise<{ student: Student; subscription: Stripe.Subscription }> {
    const { student, subscriptionId } = await becomePremium(app);
    return { student, subscription: await app.stripe.subscriptions.retrieve(subscriptionId) };
  }

  it('gives no grace to a first debit that bounced', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await payByDebit(sessionId);
    await eventually(async () =>
      expect((await student.status()).body).toMatchObject({ reason: 'payment_pending' }),
    );
    await sandbox.settle(sessionId, 'failed');
    await eventually(async () =>
      expect((await student.status()).body).toMatchObject({ subscription_status: 'past_due' }),
    );
    expect((await student.status()).body).toMatchObject({ is_premium: false });
  });

  it('repairs a lost webhook of a settled first debit when the status is read', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await payByDebit(sessionId);
    await eventually(async () =>
      expect((await student.status()).body).toMatchObject({ reason: 'payment_pending' }),
    );
    await sleep(1500);
    await sandbox.faults({ drop: 1 });
    await sandbox.settle(sessionId, 'succeeded');
    await app.sql(`UPDATE subjects SET last_synced_at = last_synced_at - interval '1 hour'`);
    await eventually(async () => expect(await student.isPremium()).toBe(true), {
      timeoutMs: 4000,
      intervalMs: 200,
    });
  });

  it('repairs a lost webhook of a card payment when the status is read', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await sandbox.faults({ drop: 1 });
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), {
      timeoutMs: 4000,
      intervalMs: 200,
    });
  });

  it('gives a new session after the customer was deleted', async () => {
    const student = await app.student();
    const first = await student.checkout();
    await app.stripe.customers.del(String(await customerOf(student)));
    await eventually(async () => expect(await customerOf(student)).toBeNull());
    const second = await student.checkout();
    expect(second.sessionId).not.toBe(first.sessionId);
  });

  it('carries out a cancel whose earlier answer was lost and that was undone elsewhere', async () => {
    const { student, subscription } = await buySubscription();
    await sandbox.faults({ api: { drop_reply: true, match: 'POST /v1/subscriptions', times: 2 } });
    expect((await student.post('/payments/cancel-subscription')).status).toBe(503);
    await sandbox.faults({ api: null });
    expect((await app.stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(true);
    await app.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
    const answer = await student.post('/payments/cancel-subscription');
    expect(answer).toMatchObject({ status: 200, body: { cancelled: true } });
    expect((await app.stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(true);
  });

  it('cancels at the period end although an end far ahead is scheduled', async () => {
    const { student, subscription } = await buySubscription();
    const end = Math.floor(Date.now() / 1000) + 180 * 86_400;
    await app.stripe.subscriptions.update(subscription.id, { cancel_at: end });
    expect((await student.post('/payments/cancel-subscription')).status).toBe(200);
    const after = await app.stripe.subscriptions.retrieve(subscription.id);
    expect(after.cancel_at).toBeLessThan(end - 86_400 * 60);
  });

  it('refuses an old signature under a fresh second timestamp', async () => {
    const body = eventBody({ type: 'customer.created', object: { id: 'cus_x', object: 'customer' } });
    const now = Math.floor(Date.now() / 1000);
    const old = signatureOf(body, { timestamp: now - 3600 });
    expect((await deliver(app.apiUrl, body, old)).status).toBe(400);
    expect((await deliver(app.apiUrl, body, `t=${now},${old}`)).status).toBe(400);
  });

  it('counts the failures of a requested sync, and serves it once Stripe answers', async () => {
    const { student } = await buySubscription();
    const subject = async () =>
      (
        await app.sql<{ sync_failures: number; served: boolean }>(
          'SELECT sync_failures, sync_requested = sync_served AS served FROM subjects WHERE user_id = $1',
          [student.id],
        )
      )[0];
    await sandbox.faults({ api: { status: 400, match: 'GET /v1/subscriptions' } });
    await app.sql(
      'UPDATE subjects SET sync_requested = sync_served + 1, next_sync_at = now() WHERE user_id = $1',
      [student.id],
    );
    await eventually(async () => expect((await subject())?.sync_failures).toBeGreaterThan(0), {
      timeoutMs: 8000,
    });
    await sandbox.faults({ api: null });

    await eventually(async () => expect(await subject()).toEqual({ sync_failures: 0, served: true }), {
      timeoutMs: 10_000,
    });
  });

  it('keeps those who paid under a product that is not sold any more', async () => {
    const { student, subscription } = await buySubscription();
    const product = await app.stripe.products.create({ name: 'Premium 2027' });
    const price = await app.stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 1299,
      recurring: { interval: 'month' },
    });
    await app.stopWorker();
    await app.startWorker({ STRIPE_PREMIUM_PRICE_ID: price.id });
    const synced = () =>
      app.sql(
        `SELECT 1 FROM webhook_events WHERE type = 'customer.subscription.updated' AND status = 'processed'
      AND object_id = $1`,
        [subscription.id],
      );
    await app.stripe.subscriptions.update(subscription.id, { metadata: { touched: 'yes' } });
    await eventually(async () => expect(await synced()).toHaveLength(1));

    expect(await student.isPremium()).toBe(true);
  });
});

describe('a wrong yearly price', () => {
  it('does not lock out those who paid monthly', async () => {
    const app = await TestApp.start({ env: { STRIPE_PREMIUM_YEARLY_PRICE_ID: 'price_doesnotexist' } });
    try {
      const student = await app.student();
      const { sessionId } = await student.checkout();
      await pay(app.stripe, sessionId);
      await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 8000 });
    } finally {
      await app.stop();
    }
  });
});

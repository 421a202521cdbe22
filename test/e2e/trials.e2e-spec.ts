import { TestApp } from '../support/app';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

describe('trials', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRIAL_DAYS: '7' } });
  });
  afterAll(() => app.stop());

  const statusOf = (student: Student, wanted: Record<string, unknown>) =>
    eventually(async () => expect((await student.status()).body).toMatchObject(wanted), { timeoutMs: 8000 });

  async function start(card: string): Promise<{ student: Student; sessionId: string }> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId, card);
    return { student, sessionId };
  }

  it('opens premium uncharged, charges at its end, and is given once per person', async () => {
    const { student, sessionId } = await start('tok_mastercard');
    await statusOf(student, { is_premium: true, state: 'trialing', reason: 'trial' });
    const session = await app.stripe.checkout.sessions.retrieve(sessionId);
    expect(session).toMatchObject({ amount_total: 0, payment_method_collection: 'always' });

    await app.stripe.subscriptions.cancel(String(session.subscription));
    await statusOf(student, { is_premium: false, reason: 'canceled' });
    const again = await student.checkout();
    expect((await app.stripe.checkout.sessions.retrieve(again.sessionId)).amount_total).toBe(999);
  });

  it('ends a trial uncharged when its card had one before, says why, and sells without a trial', async () => {
    const first = await start('tok_visa');
    await statusOf(first.student, { state: 'trialing' });
    const second = await start('tok_visa');
    await statusOf(second.student, {
      is_premium: false,
      reason: 'trial_card_used',
      next_action: 'subscribe',
    });
    const { customer } = await app.stripe.checkout.sessions.retrieve(second.sessionId);
    const charges = await app.stripe.charges.list({ customer: String(customer) });

    expect(charges.data).toEqual([]);
    await statusOf(first.student, { state: 'trialing' });
    const again = await second.student.checkout();
    expect((await app.stripe.checkout.sessions.retrieve(again.sessionId)).amount_total).toBe(999);
    await pay(app.stripe, again.sessionId);
    await statusOf(second.student, { is_premium: true, reason: 'paid' });
  });

  it('ends it also when the first answer to the cancellation is lost', async () => {
    const sandbox = new SandboxControl(app.sandbox.url);
    const first = await start('tok_amex');
    await statusOf(first.student, { state: 'trialing' });
    await sandbox.faults({ api: { status: 500, match: 'DELETE /v1/subscriptions', times: 1 } });
    const second = await start('tok_amex');

    await statusOf(second.student, { is_premium: false, reason: 'trial_card_used' });
  });

  it('keeps no fingerprint in the clear', async () => {
    const rows = await app.sql<{ card_hash: string }>('SELECT card_hash FROM trials');

    expect(rows.length).toBeGreaterThan(0);
    for (const { card_hash: hash } of rows) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a second purchase where it is refunded', () => {
  it('ends the later one and gives its money back, and keeps the first', async () => {
    const app = await TestApp.start({ env: { DOUBLE_SUBSCRIPTION: 'refund_second' } });
    try {
      const student = await app.student();
      const { sessionId } = await student.checkout();
      const opened = await app.stripe.checkout.sessions.retrieve(sessionId);
      const card = await app.stripe.paymentMethods.attach('pm_card_visa', {
        customer: String(opened.customer),
      });
      // Made at Stripe while its events are on their way, so the link cannot be expired in time.
      const sandbox = new SandboxControl(app.sandbox.url);
      await sandbox.pauseDeliveries();
      const first = await app.stripe.subscriptions.create({
        customer: String(opened.customer),
        items: [{ price: 'price_premium_monthly' }],
        default_payment_method: card.id,
      });
      await sandbox.advanceDays(0.01);
      await pay(app.stripe, sessionId);
      await sandbox.resumeDeliveries();
      const { subscription } = await app.stripe.checkout.sessions.retrieve(sessionId);

      await eventually(
        async () =>
          expect((await app.stripe.subscriptions.retrieve(String(subscription))).status).toBe('canceled'),
        { timeoutMs: 10_000 },
      );
      const refunds = await app.stripe.refunds.list();
      expect(refunds.data).toMatchObject([{ amount: 999, status: 'succeeded' }]);
      expect((await app.stripe.subscriptions.retrieve(first.id)).status).toBe('active');
      expect(await student.isPremium()).toBe(true);
      await eventually(async () =>
        expect(
          await app.sql(`SELECT resolved_by FROM operator_tasks WHERE kind = 'double_subscription'`),
        ).toEqual([{ resolved_by: 'system' }]),
      );
    } finally {
      await app.stop();
    }
  });
});

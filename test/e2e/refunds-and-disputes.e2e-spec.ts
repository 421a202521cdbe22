import type Stripe from 'stripe';
import { TestApp } from '../support/app';
import { SandboxControl } from '../support/sandbox-control';
import { pay } from '../support/student';
import { eventually } from '../support/wait';
import { deliver, eventBody } from '../support/webhook';
import { type Purchase, becomePremium, buy } from '../support/purchase';

/** Refunds and disputes name a charge and no customer: the worker finds both the customer and the invoice. */
describe('refunds and disputes', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null, drop: 0 }));
  afterAll(() => app.stop());

  async function paymentIntentOf({ invoiceId }: Purchase): Promise<string> {
    const { data } = await app.stripe.invoicePayments.list({ invoice: invoiceId, status: 'paid' });
    return String(data[0]?.payment.payment_intent);
  }
  const refundsOf = ({ invoiceId }: Purchase) =>
    app.sql<{ id: string; status: string; amount: number; full: boolean }>(
      `SELECT id, status, amount_minor::int AS amount, is_full AS "full" FROM refunds
       WHERE invoice_id = $1 ORDER BY created_at, amount_minor`,
      [invoiceId],
    );
  const disputesOf = ({ invoiceId }: Purchase) =>
    app.sql<{ id: string; status: string }>(`SELECT id, status FROM disputes WHERE invoice_id = $1`, [
      invoiceId,
    ]);
  const accessOf = async ({ student }: Purchase) => (await student.status()).body;
  const rowOf = async (eventId: string) =>
    (
      await app.sql<{ status: string; reason: string | null; customer: string | null; outages: number }>(
        `SELECT status, status_reason AS reason, subject_id AS customer, outages FROM webhook_events WHERE event_id = $1`,
        [eventId],
      )
    )[0];

  /** Events about this object, without asking for a customer that they do not name. */
  async function eventsAbout(objectId: string): Promise<Stripe.Event[]> {
    const all = await app.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
    return all.filter(({ data }) => (data.object as { id?: string }).id === objectId);
  }

  it('revokes access after a full refund', async () => {
    const purchase = await becomePremium(app);
    const refund = await app.stripe.refunds.create({ payment_intent: await paymentIntentOf(purchase) });

    await eventually(async () =>
      expect(await accessOf(purchase)).toMatchObject({
        is_premium: false,
        state: 'revoked',
        reason: 'refunded',
      }),
    );
    expect(await refundsOf(purchase)).toEqual([
      { id: refund.id, status: 'succeeded', amount: refund.amount, full: true },
    ]);
  });

  it('adds partial refunds up: access stays until the last cent is returned', async () => {
    const purchase = await becomePremium(app);
    const first = await app.stripe.refunds.create({
      payment_intent: await paymentIntentOf(purchase),
      amount: 400,
    });
    await eventually(async () => expect(await refundsOf(purchase)).toHaveLength(1));
    expect(await refundsOf(purchase)).toEqual([
      { id: first.id, status: 'succeeded', amount: 400, full: false },
    ]);
    expect(await accessOf(purchase)).toMatchObject({ is_premium: true, state: 'active' });

    await app.stripe.refunds.create({ payment_intent: await paymentIntentOf(purchase) });
    await eventually(async () => expect(await accessOf(purchase)).toMatchObject({ state: 'revoked' }));
    expect((await refundsOf(purchase)).map(({ full }) => full)).toEqual([true, true]);
  });

  it('restores access when a refund fails later', async () => {
    const purchase = await becomePremium(app, { card: 'tok_refundFail' });
    await app.stripe.refunds.create({ payment_intent: await paymentIntentOf(purchase) });
    await eventually(async () => expect(await accessOf(purchase)).toMatchObject({ state: 'revoked' }));
    await sandbox.advanceDays(1);

    await eventually(async () =>
      expect(await refundsOf(purchase)).toMatchObject([{ status: 'failed', full: false }]),
    );
    await eventually(async () => expect(await accessOf(purchase)).toMatchObject({ is_premium: true }));
  });

  it('counts a pending refund only once it has succeeded', async () => {
    const purchase = await becomePremium(app, { card: 'tok_pendingRefund' });
    await app.stripe.refunds.create({ payment_intent: await paymentIntentOf(purchase) });
    await eventually(async () =>
      expect(await refundsOf(purchase)).toMatchObject([{ status: 'pending', full: false }]),
    );
    expect(await accessOf(purchase)).toMatchObject({ state: 'active' });
    await sandbox.advanceDays(1);

    await eventually(async () =>
      expect(await refundsOf(purchase)).toMatchObject([{ status: 'succeeded', full: true }]),
    );
    await eventually(async () => expect(await accessOf(purchase)).toMatchObject({ state: 'revoked' }));
  });

  it.each([
    ['winning_evidence', 'won', { is_premium: true, state: 'active' }],
    ['losing_evidence', 'lost', { is_premium: false, state: 'revoked', reason: 'disputed' }],
  ])('revokes access while a dispute is open; after %s it is %s', async (evidence, status, access) => {
    const purchase = await buy(app, { card: 'tok_createDispute' });
    await eventually(async () =>
      expect(await accessOf(purchase)).toMatchObject({ state: 'revoked', reason: 'disputed' }),
    );
    const [dispute] = await disputesOf(purchase);
    expect(dispute).toMatchObject({ status: 'open' });

    await app.stripe.disputes.update(String(dispute?.id), { evidence: { uncategorized_text: evidence } });
    await eventually(async () => expect(await disputesOf(purchase)).toMatchObject([{ status }]));
    await eventually(async () => expect(await accessOf(purchase)).toMatchObject(access));
  });

  it('keeps access during an inquiry', async () => {
    const purchase = await buy(app, { card: 'tok_createDisputeInquiry' });
    await eventually(async () => expect(await disputesOf(purchase)).toMatchObject([{ status: 'inquiry' }]));

    await eventually(async () =>
      expect(await accessOf(purchase)).toMatchObject({ is_premium: true, state: 'active' }),
    );
  });

  it.each([
    ['invoice_payment.paid', undefined],
    ['charge.dispute.created', 'tok_createDispute'],
    ['charge.dispute.funds_withdrawn', 'tok_createDispute'],
    ['radar.early_fraud_warning.created', 'tok_createIssuerFraudRecord'],
  ])('finds the customer of %s, whose object names none', async (type, card) => {
    const purchase = await buy(app, { card });

    await eventually(async () =>
      expect(
        await app.sql(
          `SELECT status, payload::jsonb #>> '{data,object,customer}' AS named FROM webhook_events
           WHERE type = $1 AND subject_id = $2`,
          [type, purchase.customerId],
        ),
      ).toEqual([{ status: 'processed', named: null }]),
    );
  });

  const subscriptionOf = async ({ customerId }: Purchase) =>
    (await app.stripe.subscriptions.list({ customer: customerId, status: 'all' })).data[0];

  it('ends the subscription with a full refund, and sells a new one', async () => {
    const purchase = await becomePremium(app);
    await app.stripe.refunds.create({ payment_intent: await paymentIntentOf(purchase) });
    await eventually(async () => expect((await subscriptionOf(purchase))?.status).toBe('canceled'), {
      timeoutMs: 15_000,
    });
    expect(await accessOf(purchase)).toMatchObject({ reason: 'refunded', next_action: 'subscribe' });

    const { sessionId } = await purchase.student.checkout();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await accessOf(purchase)).toMatchObject({ state: 'active' }));
  });

  it.each([
    ['winning_evidence', { status: 'active', cancel_at_period_end: false }],
    ['losing_evidence', { status: 'canceled' }],
  ])('stops the renewal while a dispute is open; %s decides', async (evidence, expected) => {
    const purchase = await buy(app, { card: 'tok_createDispute' });
    await eventually(
      async () => expect(await subscriptionOf(purchase)).toMatchObject({ cancel_at_period_end: true }),
      { timeoutMs: 15_000 },
    );
    const [dispute] = await disputesOf(purchase);
    await app.stripe.disputes.update(String(dispute?.id), { evidence: { uncategorized_text: evidence } });

    await eventually(async () => expect(await subscriptionOf(purchase)).toMatchObject(expected), {
      timeoutMs: 15_000,
    });
  });

  it.each([
    ['a refund', 'tok_visa', 'refunded'],
    ['a dispute', 'tok_createDispute', 'disputed'],
  ])('finds %s by the next sync when every event about it was lost', async (_, card, reason) => {
    await sandbox.faults({ drop: 1 });
    const purchase = await buy(app, { card });
    if (card === 'tok_visa')
      await app.stripe.refunds.create({ payment_intent: await paymentIntentOf(purchase) });
    await app.sql(
      `UPDATE subjects SET sync_requested = sync_requested + 1, next_sync_at = now() WHERE id = $1`,
      [purchase.customerId],
    );

    await eventually(
      async () => expect(await accessOf(purchase)).toMatchObject({ state: 'revoked', reason }),
      {
        timeoutMs: 15_000,
      },
    );
  });

  it('ignores a refund that belongs to no customer', async () => {
    const intent = await app.stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    const refund = await app.stripe.refunds.create({ payment_intent: intent.id });
    const created = (await eventsAbout(refund.id)).find(({ type }) => type === 'refund.created');

    await eventually(async () =>
      expect(await rowOf(String(created?.id))).toMatchObject({
        status: 'ignored',
        reason: 'no_customer',
        customer: null,
      }),
    );
  });

  it('retries without using up an attempt while Stripe cannot say whose refund it is', async () => {
    const purchase = await becomePremium(app);
    await sandbox.pauseDeliveries();
    const refund = await app.stripe.refunds.create({ payment_intent: await paymentIntentOf(purchase) });
    await sandbox.faults({ api: { status: 503, match: 'GET /v1/refunds' } });
    const body = eventBody({
      id: 'evt_outage',
      type: 'refund.created',
      object: { id: refund.id, object: 'refund' },
    });
    expect((await deliver(app.apiUrl, body)).status).toBe(200);
    await eventually(async () => expect((await rowOf('evt_outage'))?.outages).toBeGreaterThan(0));
    expect(await rowOf('evt_outage')).toMatchObject({ status: 'pending', customer: null });

    await sandbox.faults({ api: null });
    await eventually(async () => expect(await rowOf('evt_outage')).toMatchObject({ status: 'processed' }), {
      timeoutMs: 15_000,
    });
    expect(await refundsOf(purchase)).toMatchObject([{ id: refund.id, full: true }]);
    await sandbox.resumeDeliveries();
  });

  it('declares dead a refund that Stripe does not know', async () => {
    const body = eventBody({
      id: 'evt_unknown',
      type: 'refund.created',
      object: { id: 're_nope', object: 'refund' },
    });
    expect((await deliver(app.apiUrl, body)).status).toBe(200);
    await app.sql(
      `UPDATE webhook_events SET attempts = 7, next_attempt_at = now() WHERE event_id = 'evt_unknown'`,
    );

    await eventually(async () => expect(await rowOf('evt_unknown')).toMatchObject({ status: 'dead' }), {
      timeoutMs: 15_000,
    });
  });
});

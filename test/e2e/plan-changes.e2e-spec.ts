import { randomUUID } from 'node:crypto';
import { Clock } from '../../src/common/domain/clock';
import { TestApp } from '../support/app';
import { YEARLY_PRICE } from '../support/config';
import { becomePremium, type Purchase } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import type { Student } from '../support/student';
import { eventually } from '../support/wait';

describe('changes of plan', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null }));
  afterAll(() => app.stop());

  const yearly = () => becomePremium(app, { checkout: { plan: 'yearly' } });
  const useCard = async ({ customerId, subscriptionId }: Purchase, card: string): Promise<void> => {
    const { id } = await app.stripe.paymentMethods.attach(card, { customer: customerId });
    await app.stripe.subscriptions.update(subscriptionId, { default_payment_method: id });
  };
  const preview = async (student: Student, plan: string) => {
    const { status, body } = await student.post('/payments/plan-change/preview', { plan });
    expect([status, body['code']]).toEqual([200, undefined]);
    return body;
  };
  const change = (student: Student, plan: string, quoteId: unknown) =>
    student.post('/payments/plan-change', { plan, quote_id: quoteId });
  const paidBy = async ({ customerId }: Purchase) =>
    (await app.stripe.charges.list({ customer: customerId, limit: 100 })).data
      .filter(({ paid }) => paid)
      .map(({ amount }) => amount);
  const priceOf = async ({ subscriptionId }: Purchase) =>
    (await app.stripe.subscriptions.retrieve(subscriptionId)).items.data[0]?.price.id;

  it('upgrade at once for exactly the amount of the quote', async () => {
    const purchase = await becomePremium(app);
    const { student } = purchase;
    await sandbox.advanceDays(10);
    // The clock of the backend follows the one of the sandbox after a moment.
    const inTenDays = Date.now() + 9 * 86_400_000;
    await eventually(async () =>
      expect(Date.parse(String((await preview(student, 'yearly'))['expires_at']))).toBeGreaterThan(inTenDays),
    );

    const quote = await preview(student, 'yearly');
    expect(quote).toMatchObject({ takes_effect: 'at_once', next_amount_minor: 9599, cancellation: 'none' });
    const { status, body } = await change(student, 'yearly', quote['quote_id']);

    expect([status, body['status'], body['plan']]).toEqual([200, 'changed', 'yearly']);
    const [charged] = await paidBy(purchase);
    expect(charged).toBe(quote['amount_due_now_minor']);
    expect(charged).toBeLessThan(9599);
    expect((await student.status()).body).toMatchObject({
      plan: 'yearly',
      is_premium: true,
      state: 'active',
    });
  });

  it('happen once for a double click', async () => {
    const purchase = await becomePremium(app);
    const { quote_id: quoteId } = await preview(purchase.student, 'yearly');

    const answers = await Promise.all([1, 2, 3, 4].map(() => change(purchase.student, 'yearly', quoteId)));

    expect(answers.map(({ body }) => body['status'])).toEqual(['changed', 'changed', 'changed', 'changed']);
    expect(await paidBy(purchase)).toHaveLength(2);
  });

  it('happen once when the answer of Stripe was lost', async () => {
    const purchase = await becomePremium(app);
    const { quote_id: quoteId } = await preview(purchase.student, 'yearly');
    const match = `POST /v1/subscriptions/${purchase.subscriptionId}`;
    await sandbox.faults({ api: { drop_reply: true, match, times: 9 } });
    expect((await change(purchase.student, 'yearly', quoteId)).status).toBe(503);
    await sandbox.faults({ api: null });

    expect((await change(purchase.student, 'yearly', quoteId)).body).toMatchObject({ status: 'changed' });
    expect(await paidBy(purchase)).toHaveLength(2);
  });

  it('change nothing when the payment fails, and take effect when it is paid', async () => {
    const purchase = await becomePremium(app);
    const { student } = purchase;
    const before = (await student.status()).body;
    await useCard(purchase, 'pm_card_chargeCustomerFail');
    const { quote_id: quoteId } = await preview(student, 'yearly');

    const { body } = await change(student, 'yearly', quoteId);
    expect(body).toMatchObject({ status: 'payment_required', payment_url: `${app.apiUrl}/account/pay` });
    await eventually(async () =>
      expect((await student.status()).body).toMatchObject({
        is_premium: true,
        plan: 'monthly',
        current_period_end: before['current_period_end'],
      }),
    );

    const { latest_invoice: invoice } = await app.stripe.subscriptions.retrieve(purchase.subscriptionId);
    const good = await app.stripe.paymentMethods.attach('pm_card_visa', { customer: purchase.customerId });
    await app.stripe.invoices.pay(String(invoice), { payment_method: good.id });
    await eventually(async () => expect((await student.status()).body).toMatchObject({ plan: 'yearly' }));
  });

  it('cost no paid time when the failed payment is never made', async () => {
    const purchase = await becomePremium(app);
    await useCard(purchase, 'pm_card_chargeCustomerFail');
    const { quote_id: quoteId } = await preview(purchase.student, 'yearly');
    await change(purchase.student, 'yearly', quoteId);
    await useCard(purchase, 'pm_card_visa');

    await sandbox.advanceDays(3);

    expect(await priceOf(purchase)).not.toBe(YEARLY_PRICE);
    expect(await purchase.student.isPremium()).toBe(true);
    expect((await change(purchase.student, 'yearly', quoteId)).body).toMatchObject({ status: 'not_changed' });
    expect(await paidBy(purchase)).toHaveLength(1);
  });

  it('downgrade when the paid year is over', async () => {
    const purchase = await yearly();
    const { student } = purchase;
    const end = String((await student.status()).body['current_period_end']);

    const quote = await preview(student, 'monthly');
    expect(quote).toMatchObject({
      takes_effect: 'at_period_end',
      amount_due_now_minor: 0,
      next_amount_minor: 999,
      effective_at: end,
    });
    expect((await change(student, 'monthly', quote['quote_id'])).body).toMatchObject({ status: 'scheduled' });
    expect((await student.status()).body).toMatchObject({ plan: 'yearly', current_period_end: end });
    await sandbox.advanceDays(370);

    await eventually(async () => expect((await student.status()).body).toMatchObject({ plan: 'monthly' }), {
      timeoutMs: 15_000,
    });
    expect((await paidBy(purchase))[0]).toBe(999);
  });

  it('drop a scheduled downgrade for the present plan', async () => {
    const purchase = await yearly();
    const down = await preview(purchase.student, 'monthly');
    await change(purchase.student, 'monthly', down['quote_id']);

    const keep = await preview(purchase.student, 'yearly');
    expect(keep).toMatchObject({ takes_effect: 'keep', amount_due_now_minor: 0 });
    expect((await change(purchase.student, 'yearly', keep['quote_id'])).body).toMatchObject({
      status: 'kept',
    });

    expect((await app.stripe.subscriptions.retrieve(purchase.subscriptionId)).schedule).toBeNull();
  });

  it.each(['cut', 'drop_reply'])('drop a scheduled downgrade when Stripe was lost by %s', async (fault) => {
    const purchase = await yearly();
    const { student } = purchase;
    await change(student, 'monthly', (await preview(student, 'monthly'))['quote_id']);
    const { quote_id: quoteId } = await preview(student, 'yearly');
    await sandbox.faults({ api: { [fault]: true, match: 'POST /v1/subscription_schedules', times: 9 } });
    expect((await change(student, 'yearly', quoteId)).status).toBe(503);
    await sandbox.faults({ api: null });

    expect((await change(student, 'yearly', quoteId)).body).toMatchObject({ status: 'kept' });

    expect((await app.stripe.subscriptions.retrieve(purchase.subscriptionId)).schedule).toBeNull();
  });

  it('look at the subscription again when a lost answer is a day old', async () => {
    const purchase = await becomePremium(app);
    const { student, subscriptionId } = purchase;
    const { quote_id: quoteId } = await preview(student, 'yearly');
    await sandbox.faults({ api: { cut: true, match: `POST /v1/subscriptions/${subscriptionId}`, times: 9 } });
    expect((await change(student, 'yearly', quoteId)).status).toBe(503);
    await sandbox.faults({ api: null });
    await app.sql(
      `UPDATE stripe_operations SET created_at = now() - interval '1 day' WHERE target = $1 AND status = 'pending'`,
      [`quote:${String(quoteId)}`],
    );
    await app.sql(`UPDATE plan_change_quotes SET expires_at = now() - interval '1 day' WHERE id = $1`, [
      quoteId,
    ]);

    expect((await change(student, 'yearly', quoteId)).body['code']).toBe('plan_quote_outdated');
    expect(await paidBy(purchase)).toHaveLength(1);
  });

  it('survive a cancellation: resuming restores the downgrade', async () => {
    const purchase = await yearly();
    const { student, subscriptionId } = purchase;
    const { quote_id: quoteId } = await preview(student, 'monthly');
    await change(student, 'monthly', quoteId);

    const cancelled = await student.post('/payments/cancel-subscription');
    expect(cancelled.body).toMatchObject({ cancelled: true, further_charges: 'none', status: 'active' });
    expect((await app.stripe.subscriptions.retrieve(subscriptionId)).schedule).toBeNull();
    const resumed = await student.post('/payments/resume-subscription');
    expect(resumed.body).toMatchObject({
      cancelled: false,
      next_charge: { amount_minor: 999, currency: 'usd', charged_at: cancelled.body['access_until'] },
    });
    expect(resumed.body['message']).toContain('for $9.99');
    expect((await student.get('/payments/invoices')).body['upcoming']).toMatchObject({ amount_minor: 999 });

    const { schedule, cancel_at: cancelAt } = await app.stripe.subscriptions.retrieve(subscriptionId);
    expect([typeof schedule, cancelAt]).toEqual(['string', null]);
    await sandbox.advanceDays(370);
    await eventually(async () => expect((await student.status()).body).toMatchObject({ plan: 'monthly' }), {
      timeoutMs: 15_000,
    });
  });

  it('cancelled under our schedule, charge nothing within a year', async () => {
    const purchase = await yearly();
    const { quote_id: quoteId } = await preview(purchase.student, 'monthly');
    await change(purchase.student, 'monthly', quoteId);
    await purchase.student.post('/payments/cancel-subscription');

    await sandbox.advanceDays(400);

    expect(await paidBy(purchase)).toHaveLength(1);
    await eventually(async () => expect(await purchase.student.isPremium()).toBe(false));
  });

  it('say that an upgrade lifts the cancellation, and lift it', async () => {
    const { student, subscriptionId } = await becomePremium(app);
    await student.post('/payments/cancel-subscription');

    const quote = await preview(student, 'yearly');
    expect(quote).toMatchObject({ cancellation: 'lifted' });
    expect(quote['message']).toContain('Your cancellation is lifted.');
    const { body } = await change(student, 'yearly', quote['quote_id']);

    expect(body).toMatchObject({ status: 'changed', cancellation: 'lifted' });
    expect((await app.stripe.subscriptions.retrieve(subscriptionId)).cancel_at).toBeNull();
    expect((await student.status()).body).toMatchObject({ plan: 'yearly', state: 'active' });
  });

  it('lift a cancellation of the portal as well, and leave it when the payment fails', async () => {
    const purchase = await becomePremium(app);
    const { student, subscriptionId } = purchase;
    const end = Date.parse(String((await student.status()).body['current_period_end'])) / 1000;
    await app.stripe.subscriptions.update(subscriptionId, { cancel_at: end });
    await useCard(purchase, 'pm_card_chargeCustomerFail');

    const failed = await change(student, 'yearly', (await preview(student, 'yearly'))['quote_id']);
    expect(failed.body).toMatchObject({ status: 'payment_required', cancellation: 'none' });
    expect((await app.stripe.subscriptions.retrieve(subscriptionId)).cancel_at).toBe(end);

    await useCard(purchase, 'pm_card_visa');
    const paid = await change(student, 'yearly', (await preview(student, 'yearly'))['quote_id']);
    expect(paid.body).toMatchObject({ status: 'changed', cancellation: 'lifted' });
    expect((await app.stripe.subscriptions.retrieve(subscriptionId)).cancel_at).toBeNull();
  });

  it('wait for the end of the period when invoices are sent', async () => {
    const purchase = await becomePremium(app);
    await app.stripe.subscriptions.update(purchase.subscriptionId, {
      collection_method: 'send_invoice',
      days_until_due: 7,
    });

    expect(await preview(purchase.student, 'yearly')).toMatchObject({
      takes_effect: 'at_period_end',
      amount_due_now_minor: 0,
    });
  });

  it('need the owed payment first', async () => {
    const purchase = await becomePremium(app);
    await useCard(purchase, 'pm_card_chargeCustomerFail');
    await sandbox.advanceDays(32);

    const { status, body } = await purchase.student.post('/payments/plan-change/preview', { plan: 'yearly' });

    expect([status, body['code'], body['operation_id']]).toEqual([
      409,
      'payment_needed',
      'openBillingPortal',
    ]);
  });

  it('are refused under a schedule that is not ours, change nothing, and reach an operator', async () => {
    const purchase = await becomePremium(app);
    const { student, subscriptionId } = purchase;
    const { quote_id: quoteId } = await preview(student, 'yearly');
    const { id: schedule } = await app.stripe.subscriptionSchedules.create({
      from_subscription: subscriptionId,
    });

    const answers = [
      await student.post('/payments/plan-change/preview', { plan: 'yearly' }),
      await change(student, 'yearly', quoteId),
    ];

    for (const { status, body } of answers)
      expect([status, body['code'], body['next_action']]).toEqual([
        409,
        'managed_by_schedule',
        'contact_support',
      ]);
    expect(await paidBy(purchase)).toHaveLength(1);
    expect(await priceOf(purchase)).not.toBe(YEARLY_PRICE);
    const tasks = await app.sql(
      `SELECT details->>'wanted' AS wanted FROM operator_tasks WHERE kind = 'foreign_schedule' AND fact = $1`,
      [schedule],
    );
    expect(tasks).toEqual([{ wanted: 'change_plan' }]);
    await app.stripe.subscriptionSchedules.release(schedule);
    expect((await change(student, 'yearly', (await preview(student, 'yearly'))['quote_id'])).status).toBe(
      200,
    );
  });

  it('change nothing when Stripe refuses the write', async () => {
    const purchase = await becomePremium(app);
    const { quote_id: quoteId } = await preview(purchase.student, 'yearly');
    const match = `POST /v1/subscriptions/${purchase.subscriptionId}`;
    await sandbox.faults({ api: { status: 400, match, times: 1 } });

    const refused = await change(purchase.student, 'yearly', quoteId);

    expect([refused.status, refused.body['code']]).toEqual([409, 'stripe_rejected']);
    expect(await paidBy(purchase)).toHaveLength(1);
    expect((await change(purchase.student, 'yearly', quoteId)).body).toMatchObject({ status: 'changed' });
    expect(await paidBy(purchase)).toHaveLength(2);
  });

  it('refuse what cannot be', async () => {
    const { student } = await becomePremium(app);
    const stranger = await app.student();
    const { quote_id: quoteId } = await preview(student, 'yearly');
    const codes = async (answers: ReturnType<typeof change>[]) =>
      (await Promise.all(answers)).map(({ status, body }) => [status, body['code']]);

    expect(
      await codes([
        student.post('/payments/plan-change/preview', { plan: 'monthly' }),
        stranger.post('/payments/plan-change/preview', { plan: 'yearly' }),
        student.post('/payments/plan-change/preview', { plan: 'weekly' }),
        change(student, 'yearly', randomUUID()),
        change(student, 'yearly', 'x'),
        change(student, 'monthly', quoteId),
        change(stranger, 'yearly', quoteId),
      ]),
    ).toEqual([
      [409, 'plan_change_refused'],
      [404, 'no_subscription'],
      [400, 'invalid_request'],
      [404, 'plan_quote_not_found'],
      [400, 'invalid_request'],
      [409, 'plan_quote_outdated'],
      [404, 'no_subscription'],
    ]);
  });

  it('refuse a quote that is older than ten minutes, or from before another change', async () => {
    const { student } = await becomePremium(app);
    const old = await preview(student, 'yearly');
    const clock = app.web.get(Clock, { strict: false });
    const made = clock.now().getTime();
    await sandbox.advanceDays(11 / 1440);
    // The application follows the clock of the sandbox a moment later.
    await eventually(() => expect(clock.now().getTime() - made).toBeGreaterThan(10 * 60_000));
    expect((await change(student, 'yearly', old['quote_id'])).body['code']).toBe('plan_quote_outdated');

    const [first, second] = [await preview(student, 'yearly'), await preview(student, 'yearly')];
    expect((await change(student, 'yearly', first['quote_id'])).body['status']).toBe('changed');
    expect((await change(student, 'yearly', second['quote_id'])).body['code']).toMatch(
      /plan_quote_outdated|plan_change_refused/,
    );
  });
});

import { TestApp } from '../support/app';
import { Operator } from '../support/operator';
import { operatorBrowser } from '../support/operator-browser';
import { becomePremium, untilPremium } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { eventually } from '../support/wait';

const reason = 'asked for by the customer';

describe("an operator's acts on money and accounts", () => {
  let app: TestApp;
  let operator: Operator;

  beforeAll(async () => {
    app = await TestApp.start();
    operator = await Operator.signIn(app);
  });
  afterAll(() => app.stop());

  const audited = async (userId: string) =>
    (
      await app.sql<{ action: string }>(
        'SELECT action FROM audit_log WHERE user_id = $1 AND operator_id = $2 AND reason = $3 ORDER BY id',
        [userId, operator.id, reason],
      )
    ).map(({ action }) => action);

  /** A paying customer of Stripe that we never made. */
  async function strangerPays(): Promise<string> {
    const { id } = await app.stripe.customers.create({ email: 'elsewhere@example.test' });
    const method = await app.stripe.paymentMethods.attach('pm_card_visa', { customer: id });
    await app.stripe.subscriptions.create({
      customer: id,
      default_payment_method: method.id,
      items: [{ price: 'price_premium_monthly' }],
    });
    return id;
  }

  it('cancels at the period end, resumes, and ends now', async () => {
    const { student, subscriptionId } = await becomePremium(app);
    const path = `/users/${student.id}`;

    const canceled = await operator.post(`${path}/cancel-subscription`, { reason });
    const resumed = await operator.post(`${path}/resume-subscription`, { reason });
    const unnamed = await operator.post(`${path}/cancel-subscription`, { reason, when: 'now' });
    const now = { reason, when: 'now', subscription_id: subscriptionId };
    const ended = await operator.post(`${path}/cancel-subscription`, now);
    const again = await operator.post(`${path}/cancel-subscription`, now);

    expect(canceled.body['access']).toMatchObject({ granted: true, state: 'canceling' });
    expect(resumed.body['access']).toMatchObject({ granted: true, state: 'active' });
    expect([unnamed.status, unnamed.body['code']]).toEqual([400, 'invalid_request']);
    expect(ended.body['access']).toMatchObject({ granted: false, reason: 'canceled' });
    expect([again.status, again.body['code']]).toEqual([409, 'subscription_ended']);
    expect((await app.stripe.subscriptions.retrieve(subscriptionId)).status).toBe('canceled');
    expect(await audited(student.id)).toEqual([
      'cancel_subscription',
      'resume_subscription',
      'cancel_subscription',
    ]);
  });

  it('ends no subscription of another user', async () => {
    const { student, subscriptionId } = await becomePremium(app);
    const other = await app.student();

    const answer = await operator.post(`/users/${other.id}/cancel-subscription`, {
      reason,
      when: 'now',
      subscription_id: subscriptionId,
    });

    expect([answer.status, answer.body['code']]).toEqual([404, 'no_subscription']);
    expect(await student.isPremium()).toBe(true);
    expect(await audited(other.id)).toEqual([]);
  });

  it('refunds in part, then the rest, which revokes access, and never more than was paid', async () => {
    const { student, invoiceId } = await becomePremium(app);
    const path = `/users/${student.id}/refunds`;

    const part = await operator.post(path, { reason, invoice: invoiceId, amount: 400 });
    const tooMuch = await operator.post(path, { reason, invoice: invoiceId, amount: 600 });
    const rest = await operator.post(path, { reason, invoice: invoiceId });
    const nothing = await operator.post(path, { reason, invoice: invoiceId });

    expect(part.body).toMatchObject({ refunds: [{ amount: 400 }], access: { granted: true } });
    expect([tooMuch.status, tooMuch.body['code']]).toEqual([409, 'refund_not_possible']);
    expect(rest.body).toMatchObject({
      refunds: [{ amount: 599 }],
      access: { granted: false, reason: 'refunded' },
    });
    expect(nothing.status).toBe(409);
    expect(await audited(student.id)).toEqual(['refund_invoice', 'refund_invoice']);
  });

  it.each([
    ['API', (id: string, fields: object) => operator.post(`/users/${id}/refunds`, fields)],
    [
      'page',
      async (id: string, fields: object) =>
        (await operatorBrowser(app)).browser.post(
          `/ops/customers/${id}/refund`,
          Object.fromEntries(
            Object.entries({ ...fields, confirm: 'yes' }).map(([name, value]) => [name, String(value)]),
          ),
        ),
    ],
  ])(
    'refunds a part once for a double click, and for two operators who see the same (%s)',
    async (_, refund) => {
      const { student, invoiceId: invoice } = await becomePremium(app);
      const order = { reason, invoice, amount: 300, left: 999 };

      const answers = await Promise.all([1, 2, 3].map(() => refund(student.id, order)));

      expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
      const { data } = await app.stripe.invoicePayments.list({ invoice });
      const paid = data.map(({ payment }) => String(payment.payment_intent));
      const refunds = await Promise.all(
        paid.map((payment_intent) => app.stripe.refunds.list({ payment_intent })),
      );
      expect(refunds.flatMap(({ data: made }) => made.map(({ amount }) => amount))).toEqual([300]);
    },
  );

  it('refunds no invoice of another user, and no unknown one', async () => {
    const { invoiceId } = await becomePremium(app);
    const other = await app.student();

    for (const invoice of [invoiceId, 'in_unknown']) {
      const answer = await operator.post(`/users/${other.id}/refunds`, { reason, invoice });
      expect([invoice, answer.status, answer.body['code']]).toEqual([invoice, 409, 'refund_not_possible']);
    }
    expect(await audited(other.id)).toEqual([]);
  });

  it('binds a customer that belongs to nobody, once, and unbinds it without a live subscription', async () => {
    const [student, other] = [await app.student(), await app.student()];
    const customer_id = await strangerPays();

    const bound = await operator.post(`/users/${student.id}/customers`, { reason, customer_id });
    const taken = await operator.post(`/users/${other.id}/customers`, { reason, customer_id });
    const live = await operator.post(`/users/${student.id}/customers/${customer_id}/unbind`, { reason });
    const { data } = await app.stripe.subscriptions.list({ customer: customer_id });
    const now = { reason, when: 'now', subscription_id: data[0]?.id };
    await operator.post(`/users/${student.id}/cancel-subscription`, now);
    const unbound = await operator.post(`/users/${student.id}/customers/${customer_id}/unbind`, { reason });

    expect(bound.body['access']).toMatchObject({ granted: true, reason: 'paid' });
    expect([taken.status, taken.body['code']]).toEqual([409, 'customer_binding_refused']);
    expect([live.status, live.body['code']]).toEqual([409, 'customer_binding_refused']);
    expect(unbound.status).toBe(200);
    expect(await audited(student.id)).toEqual(['bind_customer', 'cancel_subscription', 'unbind_customer']);
  });

  it('binds from the search page to the account that has verified the address, after a confirmation', async () => {
    const { browser } = await operatorBrowser(app);
    const student = await app.student();
    const customer_id = await strangerPays();
    const form = { reason, customer_id, email: student.email };

    const unconfirmed = await browser.post('/ops/search/bind', form);
    const unknown = await browser.post('/ops/search/bind', {
      ...form,
      email: 'nobody@example.test',
      confirm: 'yes',
    });
    const unverified = await browser.post('/ops/search/bind', { ...form, confirm: 'yes' });
    expect((await student.status()).body['is_premium']).toBe(false);
    await app.sql('UPDATE users SET email_verified_at = now() WHERE id = $1', [student.id]);
    const { location } = await browser.post('/ops/search/bind', { ...form, confirm: 'yes' });

    expect([unconfirmed.status, unknown.status, unverified.status]).toEqual([400, 404, 409]);
    expect(location).toBe(`/ops/customers/${student.id}?done=bound`);
    await untilPremium(student);
  });

  it('refuses acts on money from the page without a confirmation', async () => {
    const { browser } = await operatorBrowser(app);
    const { student, invoiceId, subscriptionId } = await becomePremium(app);
    const base = `/ops/customers/${student.id}`;
    const acts = {
      refund: { invoice: invoiceId },
      cancel: { subscription_id: subscriptionId },
      'end-sessions': {},
    };

    for (const [act, fields] of Object.entries(acts)) {
      expect([act, (await browser.post(`${base}/${act}`, { reason, ...fields })).status]).toEqual([act, 400]);
    }
    expect(await student.isPremium()).toBe(true);
    const refunded = await browser.post(`${base}/refund`, {
      reason,
      invoice: invoiceId,
      amount: '',
      left: '999',
      confirm: 'yes',
    });
    expect(refunded.location).toBe(`${base}?done=refunded`);
    await untilPremium(student, false);
  });

  it('renames, resends an email and signs out everywhere', async () => {
    const student = await app.student();
    const path = `/users/${student.id}`;

    await operator.put(`${path}/name`, { reason, full_name: 'Grace Hopper' });
    await operator.post(`${path}/emails`, { reason, email: 'password_reset' });
    await app.mails.waitFor(student.email, 'Set a new password');
    expect((await student.get('/auth/me')).body).toMatchObject({ full_name: 'Grace Hopper' });
    await operator.post(`${path}/sessions/end`, { reason });

    expect((await student.get('/auth/me')).status).toBe(401);
    expect(await audited(student.id)).toEqual(['rename_user', 'resend_email', 'end_sessions']);
  });

  it.each([
    ['API', (id: string, full_name: string) => operator.put(`/users/${id}/name`, { reason, full_name })],
    [
      'page',
      async (id: string, full_name: string) =>
        (await operatorBrowser(app)).browser.post(`/ops/customers/${id}/rename`, { reason, full_name }),
    ],
  ])('accepts no name that a student could not have either (%s)', async (_, rename) => {
    const student = await app.student();

    for (const name of ['Ada \u202Ecalling', '\u2800\u2800', 'a'.repeat(201)])
      expect([name, (await rename(student.id, name)).status]).toEqual([name, 400]);
    await rename(student.id, 'Grace\u200B  Hopper');

    expect((await student.get('/auth/me')).body).toMatchObject({ full_name: 'Grace Hopper' });
  });

  it('shows open tasks and closes one for good', async () => {
    const [task] = await app.sql<{ id: string }>(
      `INSERT INTO operator_tasks (kind, fact, details) VALUES ('price_unavailable', 'price_gone', '{"plan": "monthly"}')
       RETURNING id`,
    );
    const { browser } = await operatorBrowser(app);
    expect((await browser.get('/ops/tasks')).body).toContain('price_gone');

    const resolved = await operator.post(`/tasks/${task?.id}/resolve`, { reason });
    const again = await operator.post(`/tasks/${task?.id}/resolve`, { reason });

    expect([resolved.status, again.status]).toEqual([200, 200]);
    expect((await operator.get('/tasks?kind=price_unavailable')).text).not.toContain('price_gone');
    const log = await app.sql(`SELECT 1 FROM audit_log WHERE action = 'resolve_task'`);
    expect(log).toHaveLength(1);
  });

  it('answers 503 and changes nothing while Stripe is down', async () => {
    const { student, invoiceId } = await becomePremium(app);
    const control = new SandboxControl(app.sandbox.url);
    await control.faults({ api: { status: 500 } });

    const answer = await operator.post(`/users/${student.id}/refunds`, { reason, invoice: invoiceId });

    expect([answer.status, answer.body['code']]).toEqual([503, 'stripe_unavailable']);
    expect(await audited(student.id)).toEqual([]);
    await control.faults({ api: null });
    await eventually(async () => expect(await student.isPremium()).toBe(true));
  });
});

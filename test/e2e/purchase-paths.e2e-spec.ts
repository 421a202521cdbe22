import type Stripe from 'stripe';
import { TestApp } from '../support/app';
import { MONTHLY_PRICE } from '../support/config';
import { call } from '../support/http';
import { becomePremium } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

const CHECKOUT = '/payments/create-checkout-session';

/** Every way to premium that is not a first purchase with a good card. */
describe('ways to premium', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start({ env: { PAST_DUE_GRACE_DAYS: '3' } });
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null, drop: 0 }));
  afterAll(() => app.stop());

  async function customerOf(student: Student): Promise<string> {
    const rows = await app.sql<{ id: string | null }>(
      'SELECT stripe_customer_id AS id FROM users WHERE id = $1',
      [student.id],
    );
    return rows[0]?.id ?? '';
  }

  async function withCustomer(): Promise<{ student: Student; customer: string; sessionId: string }> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    return { student, customer: await customerOf(student), sessionId };
  }

  const statusOf = async (student: Student, wanted: Record<string, unknown>) =>
    eventually(async () => expect((await student.status()).body).toMatchObject(wanted), { timeoutMs: 8000 });

  async function failRenewal(student: Student): Promise<string> {
    const customer = await customerOf(student);
    const card = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    const { data } = await app.stripe.subscriptions.list({ customer });
    const id = data[0]?.id ?? '';
    await app.stripe.subscriptions.update(id, { default_payment_method: card.id });
    await app.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    return id;
  }

  const tasks = (kind: string) =>
    app.sql<{ fact: string; customer_id: string; details: Record<string, unknown> }>(
      'SELECT fact, customer_id, details FROM operator_tasks WHERE kind = $1 AND resolved_at IS NULL',
      [kind],
    );

  it('offers the status of an open link, and after a decline the reason and what to do', async () => {
    const { student, sessionId } = await withCustomer();
    const open = (await student.status()).body;
    await expect(pay(app.stripe, sessionId, 'tok_chargeDeclinedInsufficientFunds')).rejects.toThrow();
    await statusOf(student, {
      reason: 'checkout_declined',
      next_action: 'complete_payment',
      state: 'pending',
    });
    const declined = (await student.status()).body;

    expect(open).toMatchObject({ reason: 'checkout_open', checkout: { plan: 'monthly' } });
    expect(open['checkout']).not.toHaveProperty('last_decline');
    expect(declined['checkout']).toMatchObject({
      short_url: (open['checkout'] as { short_url: string }).short_url,
      last_decline: { code: 'insufficient_funds', advice: expect.stringContaining('another card') },
    });

    await pay(app.stripe, sessionId);
    await statusOf(student, { is_premium: true });
    expect((await student.status()).body).not.toHaveProperty('checkout');
  });

  it('tells who pays by a refused bank debit on the return page, and sells again', async () => {
    const { student, sessionId } = await withCustomer();
    const method = await app.stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban: 'AT611904300234573201' },
      billing_details: { name: 'Ada', email: 'ada@example.com' },
    });
    await app.stripe.rawRequest('POST', `/v1/payment_pages/${sessionId}/confirm`, {
      payment_method: method.id,
    });
    const page = () => call('GET', `${app.apiUrl}/checkout/return?session_id=${sessionId}`);
    const pending = await page();
    const blocked = await student.post(CHECKOUT);
    await sandbox.settle(sessionId, 'failed');
    const refused = await page();
    const again = await student.post(CHECKOUT);

    expect(pending.text).toContain('Your payment is on its way');
    expect(blocked.body).toMatchObject({ code: 'already_subscribed' });
    expect(refused.text).toContain('Your bank refused the payment');
    expect(refused.text).not.toContain('http-equiv="refresh"');
    expect(again.body).toMatchObject({ ended_subscriptions: [{ status: 'past_due', unpaid_invoices: 1 }] });
    await pay(app.stripe, String(again.body['session_id']));
    await statusOf(student, { is_premium: true });
  });

  it('expires an open link once a subscription made elsewhere is live', async () => {
    const { student, customer, sessionId } = await withCustomer();
    const card = await app.stripe.paymentMethods.attach('pm_card_visa', { customer });
    await app.stripe.subscriptions.create({
      customer,
      items: [{ price: MONTHLY_PRICE }],
      default_payment_method: card.id,
    });
    await statusOf(student, { is_premium: true });

    await eventually(async () =>
      expect((await app.stripe.checkout.sessions.retrieve(sessionId)).status).toBe('expired'),
    );
    expect(await tasks('double_subscription')).toEqual([]);
  });

  it('tells operators of two live subscriptions, once, and closes the task when one is over', async () => {
    const { student } = await becomePremium(app);
    const customer = await customerOf(student);
    const card = await app.stripe.paymentMethods.attach('pm_card_visa', { customer });
    const second = await app.stripe.subscriptions.create({
      customer,
      items: [{ price: MONTHLY_PRICE }],
      default_payment_method: card.id,
    });
    await eventually(async () =>
      expect(await tasks('double_subscription')).toMatchObject([{ customer_id: customer }]),
    );
    const [task] = await tasks('double_subscription');
    expect(task?.fact).toContain(second.id);

    await app.stripe.subscriptions.cancel(second.id);
    await eventually(async () => expect(await tasks('double_subscription')).toEqual([]));
  });

  it('ends an unpaid subscription before it sells another, and never collects the old one', async () => {
    const { student } = await becomePremium(app);
    const dead = await failRenewal(student);
    await sandbox.advanceDays(31);
    await statusOf(student, { state: 'past_due', is_premium: true });
    const blocked = await student.post(CHECKOUT);
    await sandbox.advanceDays(4);
    await statusOf(student, { is_premium: false });
    const answer = await student.post(CHECKOUT);
    const open = await app.stripe.invoices.list({ customer: await customerOf(student), status: 'open' });

    expect([blocked.status, blocked.body['next_action']]).toEqual([409, 'update_payment_method']);
    expect(answer.body).toMatchObject({
      ended_subscriptions: [{ subscription_id: dead, status: 'past_due', unpaid_invoices: 1 }],
    });
    expect((await app.stripe.subscriptions.retrieve(dead)).status).toBe('canceled');
    expect(open.data).toEqual([]);
    await pay(app.stripe, String(answer.body['session_id']));
    await statusOf(student, { is_premium: true });
  });

  it('ends a subscription that was paused because its trial had no card, and sells another', async () => {
    const { student, customer } = await withCustomer();
    const paused = await app.stripe.subscriptions.create({
      customer,
      items: [{ price: MONTHLY_PRICE }],
      trial_period_days: 1,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    await sandbox.advanceDays(2);
    await statusOf(student, { subscription_status: 'paused' });
    const answer = await student.post(CHECKOUT);

    expect(answer.body).toMatchObject({
      ended_subscriptions: [{ subscription_id: paused.id, status: 'paused' }],
    });
    expect((await app.stripe.subscriptions.retrieve(paused.id)).status).toBe('canceled');
  });

  it.each([
    ['waits for the student', 'pm_card_threeDSecure2Required', 409, 'complete_payment'],
    ['was declined', 'pm_card_chargeCustomerFail', 200, undefined],
  ])('an incomplete subscription whose first payment %s', async (_, card, status, next) => {
    const { student, customer } = await withCustomer();
    const method = await app.stripe.paymentMethods.attach(card, { customer });
    await app.stripe.subscriptions.create({
      customer,
      items: [{ price: MONTHLY_PRICE }],
      default_payment_method: method.id,
      payment_behavior: 'allow_incomplete',
    });
    await app.sql(`UPDATE checkout_sessions SET created_at = now() - interval '1 hour'`);
    const answer = await student.post(CHECKOUT);

    expect([answer.status, answer.body['next_action']]).toEqual([status, next]);
  });

  it('lists money of a customer that is nobody’s, once, and never adopts it by email', async () => {
    const student = await app.student();
    const customer = await app.stripe.customers.create({ email: student.email });
    const session = await app.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      client_reference_id: student.id,
      line_items: [{ price: MONTHLY_PRICE, quantity: 1 }],
      success_url: 'https://example.test/',
    });
    await pay(app.stripe, session.id);
    await eventually(async () => expect(await tasks('unmatched_payment')).toHaveLength(1));
    const [task] = await tasks('unmatched_payment');

    expect(task).toMatchObject({ customer_id: customer.id, details: { amount_minor: 999, currency: 'usd' } });
    expect(await student.isPremium()).toBe(false);
    expect(await customerOf(student)).toBe('');
  });

  it.each([
    ['an unknown code', {}, 'unknown'],
    ['an expired code', { expires_at: 1 }, 'expired'],
    ['a used-up code', { max_redemptions: 1 }, 'used_up'],
    ['a switched-off code', { active: false }, 'inactive'],
    ['a code for a larger order', { minimum: 5000 }, 'minimum_amount'],
  ])('says why %s may not be used, and offers to go on without it', async (name, limit, reason) => {
    const code = name.replaceAll(/\W/g, '').toUpperCase();
    if (reason !== 'unknown') await makeCode(code, limit);
    const student = await app.student();
    const { status, body } = await student.post(CHECKOUT, { promotion_code: code });

    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'promotion_code_invalid',
      reason,
      next_action: 'continue_without_promotion_code',
      operation_id: 'createCheckoutSession',
    });
    expect((await student.post(CHECKOUT)).status).toBe(200);
  });

  async function makeCode(code: string, limit: Record<string, unknown>): Promise<void> {
    const coupon = await app.stripe.coupons.create({ percent_off: 10, duration: 'once' });
    const made: Stripe.PromotionCodeCreateParams = {
      promotion: { type: 'coupon', coupon: coupon.id },
      code,
    };
    if ('expires_at' in limit) made.expires_at = app.sandbox.now() + 3600;
    if ('max_redemptions' in limit) made.max_redemptions = 1;
    if ('minimum' in limit)
      made.restrictions = { minimum_amount: Number(limit['minimum']), minimum_amount_currency: 'usd' };
    if ('active' in limit) made.active = false;
    await app.stripe.promotionCodes.create(made);
    if ('expires_at' in limit) await sandbox.advanceDays(1);
    if ('max_redemptions' in limit) {
      const other = await app.student();
      await pay(app.stripe, (await other.checkout({ promotion_code: code })).sessionId);
    }
  }
});

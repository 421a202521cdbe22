import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { becomePremium } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { pay, STUDENT_PASSWORD, type Student } from '../support/student';
import { MONTHLY_PRICE, YEARLY_PRICE } from '../support/config';
import { eventually } from '../support/wait';

interface Owner {
  readonly student: Student;
  readonly customerId: string;
  readonly subscriptionId: string;
}

const FAILS = 'pm_card_chargeCustomerFail';

/** What a cancellation promises about further charges is true a year later, from every state. */
describe('cancellations', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start({ sandbox: { afterRetries: 'unpaid' } });
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null, drop: 0 }));
  afterAll(() => app.stop());

  const useCard = async ({ customerId, subscriptionId }: Owner, card: string): Promise<void> => {
    const { id } = await app.stripe.paymentMethods.attach(card, { customer: customerId });
    await app.stripe.customers.update(customerId, { invoice_settings: { default_payment_method: id } });
    const { status } = await app.stripe.subscriptions.retrieve(subscriptionId);
    if (status === 'canceled' || status === 'incomplete_expired') return;
    await app.stripe.subscriptions.update(subscriptionId, { default_payment_method: id });
  };

  const statusBecomes = (student: Student, expected: object) =>
    eventually(async () => expect((await student.status()).body).toMatchObject(expected), {
      timeoutMs: 15_000,
    });

  /** A student with a customer and nothing bought. */
  async function newcomer(card = 'pm_card_visa'): Promise<Omit<Owner, 'subscriptionId'>> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    const customerId = String((await app.stripe.checkout.sessions.retrieve(sessionId)).customer);
    await app.stripe.checkout.sessions.expire(sessionId);
    const { id } = await app.stripe.paymentMethods.attach(card, { customer: customerId });
    await app.stripe.customers.update(customerId, { invoice_settings: { default_payment_method: id } });
    return { student, customerId };
  }

  type Creation = Omit<Parameters<typeof app.stripe.subscriptions.create>[0], 'customer' | 'items'>;
  async function subscribed(creation: Creation, owner?: Omit<Owner, 'subscriptionId'>): Promise<Owner> {
    const { student, customerId } = owner ?? (await newcomer());
    const { id } = await app.stripe.subscriptions.create({
      customer: customerId,
      items: [{ price: MONTHLY_PRICE }],
      ...creation,
    });
    await eventually(async () => expect((await student.status()).body['subscription_id']).toBe(id));
    return { student, customerId, subscriptionId: id };
  }

  async function failing(days: number, status: string): Promise<Owner> {
    const owner = await becomePremium(app);
    await useCard(owner, FAILS);
    await sandbox.advanceDays(days);
    await statusBecomes(owner.student, { subscription_status: status });
    return owner;
  }

  const STATES: Record<string, () => Promise<Owner>> = {
    trialing: () => subscribed({ trial_period_days: 20 }),
    active: () => becomePremium(app),
    'active for a year': () => becomePremium(app, { checkout: { plan: 'yearly' } }),
    'past due': () => failing(32, 'past_due'),
    unpaid: () => failing(60, 'unpaid'),
    'waiting for the invoice of its renewal': async () => {
      const owner = await becomePremium(app);
      const { items } = await app.stripe.subscriptions.retrieve(owner.subscriptionId);
      const now = (await app.stripe.events.list({ limit: 1 })).data[0]?.created ?? 0;
      await sandbox.advanceDays(((items.data[0]?.current_period_end ?? 0) + 600 - now) / 86_400);
      return owner;
    },
    paused: async () => {
      const { student, customerId } = await newcomer();
      await app.stripe.customers.update(customerId, { invoice_settings: { default_payment_method: '' } });
      const owner = await subscribed(
        { trial_period_days: 2, trial_settings: { end_behavior: { missing_payment_method: 'pause' } } },
        { student, customerId },
      );
      await sandbox.advanceDays(3);
      await statusBecomes(student, { subscription_status: 'paused' });
      return owner;
    },
    incomplete: () => subscribed({ payment_behavior: 'default_incomplete' }),
  };

  const paidCharges = async (customer: string) =>
    (await app.stripe.charges.list({ customer, limit: 100 })).data.filter(({ paid }) => paid).length;

  describe.each(Object.keys(STATES))('of a subscription that is %s', (name) => {
    it.each(['period_end', 'now'] as const)(
      'charge nothing within a year after cancelling for %s',
      async (when) => {
        const owner = await (STATES[name] ?? (() => becomePremium(app)))();
        const before = await paidCharges(owner.customerId);

        const { status, body } = await owner.student.post('/payments/cancel-subscription', { when });
        expect([status, body['cancelled'], body['further_charges']]).toEqual([200, true, 'none']);
        expect(body['message']).toContain('Nothing more will be charged');
        await useCard(owner, 'pm_card_visa');
        await sandbox.advanceDays(400);

        expect(await paidCharges(owner.customerId)).toBe(before);
        expect((await app.stripe.subscriptions.retrieve(owner.subscriptionId)).status).toBe('canceled');
        await statusBecomes(owner.student, { is_premium: false, subscription_status: 'canceled' });
      },
    );
  });

  it('keeps paid time, and ends what is not paid now', async () => {
    const paid = await becomePremium(app);
    const owing = await failing(32, 'past_due');
    await sandbox.advanceDays(0.1);

    const kept = await paid.student.post('/payments/cancel-subscription');
    const ended = await owing.student.post('/payments/cancel-subscription');

    expect(kept.body).toMatchObject({ status: expect.stringMatching(/active|past_due/), cancelled: true });
    expect(ended.body).toMatchObject({ status: 'canceled', cancelled: true, further_charges: 'none' });
    const open = await app.stripe.invoices.list({ customer: owing.customerId, status: 'open' });
    expect(open.data).toEqual([]);
  });

  it('hands reason and comment to Stripe', async () => {
    const { student, subscriptionId } = await becomePremium(app);
    const body = { reason: 'too_expensive', comment: 'I lost my job.' };

    expect((await student.post('/payments/cancel-subscription', body)).status).toBe(200);

    const { cancellation_details: details } = await app.stripe.subscriptions.retrieve(subscriptionId);
    expect(details).toMatchObject({ feedback: 'too_expensive', comment: 'I lost my job.' });
  });

  it.each([{ when: 'later' }, { reason: 'bored' }, { comment: '' }, { comment: 'x'.repeat(501) }])(
    'refuse %j',
    async (body) => {
      const { student } = await newcomer();

      expect((await student.post('/payments/cancel-subscription', body)).status).toBe(400);
    },
  );

  it('finish in the sync when the portal or the dashboard cancels a subscription that owes', async () => {
    const owner = await failing(32, 'past_due');
    const { items } = await app.stripe.subscriptions.retrieve(owner.subscriptionId);
    const end = items.data[0]?.current_period_end ?? 0;

    await app.stripe.subscriptions.update(owner.subscriptionId, { cancel_at: end });
    await statusBecomes(owner.student, { subscription_status: 'canceled' });
    const left = await app.stripe.invoices.list({ customer: owner.customerId, status: 'open' });
    expect(left.data).toEqual([]);

    const other = await failing(32, 'past_due');
    await app.stripe.subscriptions.cancel(other.subscriptionId);
    await eventually(async () => {
      const { data } = await app.stripe.invoices.list({ customer: other.customerId, status: 'open' });
      expect(data).toEqual([]);
    });
  });

  it.each(['DELETE /v1/subscriptions', 'POST /v1/invoices'])(
    'are finished without another call when the answer to %s is lost',
    async (match) => {
      const owner = await failing(32, 'past_due');
      await sandbox.faults({ api: { drop_reply: true, match, times: 2 } });
      const { status } = await owner.student.post('/payments/cancel-subscription');
      await sandbox.faults({ api: null });

      expect([200, 503]).toContain(status);
      await statusBecomes(owner.student, { subscription_status: 'canceled' });
      await eventually(async () => {
        const operations = await app.sql<{ status: string }>(
          `SELECT status FROM stripe_operations WHERE user_id = $1 AND kind = 'end_subscription'`,
          [owner.student.id],
        );
        expect(operations).toEqual([{ status: 'succeeded' }]);
      });
      const left = await app.stripe.invoices.list({ customer: owner.customerId, status: 'open' });
      expect(left.data).toEqual([]);
    },
  );

  it('end a subscription of a foreign schedule with its phase', async () => {
    const owner = await becomePremium(app);
    const { id } = await app.stripe.subscriptionSchedules.create({ from_subscription: owner.subscriptionId });
    const schedule = await app.stripe.subscriptionSchedules.retrieve(id);
    const [phase] = schedule.phases;
    await app.stripe.subscriptionSchedules.update(id, {
      phases: [
        {
          items: [{ price: MONTHLY_PRICE }],
          start_date: phase?.start_date ?? 0,
          end_date: phase?.end_date ?? 0,
        },
        { items: [{ price: YEARLY_PRICE }] },
      ],
    });
    const before = await paidCharges(owner.customerId);

    const { body } = await owner.student.post('/payments/cancel-subscription');
    expect(body).toMatchObject({ cancelled: true, further_charges: 'none' });
    await sandbox.advanceDays(400);

    expect(await paidCharges(owner.customerId)).toBe(before);
  });

  it.each(['unpaid', 'past due', 'incomplete'])(
    'cannot be resumed while it is %s, and say so',
    async (name) => {
      const owner = await (STATES[name] ?? (() => becomePremium(app)))();

      const { status, body } = await owner.student.post('/payments/resume-subscription');

      expect([status, body['code'], body['operation_id']]).toEqual([
        409,
        'payment_needed',
        'openBillingPortal',
      ]);
      await owner.student.post('/payments/cancel-subscription', { when: 'now' });
    },
  );

  it('cannot be resumed while it is paused: only a purchase helps, and everything says so', async () => {
    const { student, customerId } = await (STATES['paused'] ?? (() => becomePremium(app)))();
    const refused = await student.post('/payments/resume-subscription');
    const status = (await student.status()).body;

    expect([refused.status, refused.body['code'], refused.body['operation_id']]).toEqual([
      409,
      'subscription_ended',
      'createCheckoutSession',
    ]);
    expect([status['next_action'], status['next_operation_id']]).toEqual([
      'subscribe',
      'createCheckoutSession',
    ]);
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', { email: student.email, password: STUDENT_PASSWORD });
    const page = (await browser.get('/account/pay')).body;
    expect(page).toContain('Your subscription is paused');
    expect(page).not.toMatch(/resume/i);
    expect((await browser.get('/account')).body).toContain('Get premium, monthly');
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await statusBecomes(student, { is_premium: true, reason: 'paid' });
    const { data } = await app.stripe.subscriptions.list({ customer: customerId, status: 'active' });
    expect(data).toHaveLength(1);
  });

  it('name the price that a resumed subscription charges next, also when Stripe cannot say it', async () => {
    const { student } = await becomePremium(app);
    await student.post('/payments/cancel-subscription');
    const { body } = await student.post('/payments/resume-subscription');
    await student.post('/payments/cancel-subscription');
    await sandbox.faults({ api: { status: 400, match: 'create_preview' } });
    const unknown = await student.post('/payments/resume-subscription');
    await sandbox.faults({ api: null });

    expect(body).toMatchObject({ next_charge: { amount_minor: 999, currency: 'usd' } });
    expect(body['message']).toMatch(/renews on \d+ \w+ \d{4}, for \$9\.99/);
    expect([unknown.status, unknown.body['cancelled'], unknown.body['next_charge']]).toEqual([
      200,
      false,
      undefined,
    ]);
  });
});

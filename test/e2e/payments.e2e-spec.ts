import { TestApp } from '../support/app';
import { call } from '../support/http';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';
import { becomePremium, untilPremium } from '../support/purchase';

describe('payments', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null }));
  afterAll(() => app.stop());

  const subscriptionOf = async (student: Student) => String((await student.status()).body['subscription_id']);

  describe('checkout', () => {
    it('answers with the link, the short link and what it is for', async () => {
      const student = await app.student();
      const { body } = await student.post('/payments/create-checkout-session', { plan: 'yearly' });

      expect(body).toMatchObject({ plan: 'yearly', status: 'pending' });
      expect(String(body['session_id'])).toMatch(/^cs_/);
      expect(Date.parse(String(body['expires_at']))).toBeGreaterThan(Date.now());
      const short = await call('GET', String(body['short_url']));
      expect([short.status, short.headers.get('location')]).toEqual([302, body['checkout_url']]);
    });

    it('gives 50 parallel calls of one student the same session and makes one customer', async () => {
      const student = await app.student();
      const answers = await Promise.all(Array.from({ length: 50 }, () => student.checkout()));

      expect(new Set(answers.map(({ sessionId }) => sessionId)).size).toBe(1);
      const operations = await app.sql<{ kind: string }>(
        'SELECT kind FROM stripe_operations WHERE user_id = $1 ORDER BY kind',
        [student.id],
      );
      expect(operations.map(({ kind }) => kind)).toEqual(['create_checkout_session', 'create_customer']);
    });

    it('gives the open session again after a while, once Stripe has been asked', async () => {
      const student = await app.student();
      const first = await student.checkout();
      await app.sql(
        `UPDATE checkout_sessions SET created_at = now() - interval '1 hour' WHERE user_id = $1`,
        [student.id],
      );

      expect(await student.checkout()).toEqual(first);
    });

    it('expires the open session when the student wants another plan', async () => {
      const student = await app.student();
      const monthly = await student.checkout();
      const yearly = await student.checkout({ plan: 'yearly' });

      expect(yearly.sessionId).not.toBe(monthly.sessionId);
      expect((await app.stripe.checkout.sessions.retrieve(monthly.sessionId)).status).toBe('expired');
      expect(
        await app.sql(`SELECT 1 FROM checkout_sessions WHERE user_id = $1 AND status = 'open'`, [student.id]),
      ).toHaveLength(1);
    });

    it('refuses a second purchase with a pointer', async () => {
      const { student } = await becomePremium(app);
      const answer = await student.post('/payments/create-checkout-session');

      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({
        code: 'already_subscribed',
        state: 'active',
        operation_id: 'getSubscriptionStatus',
        subscription_id: await subscriptionOf(student),
      });
    });

    it('notices a purchase whose webhooks were all lost', async () => {
      await sandbox.faults({ drop: 1 });
      try {
        const student = await app.student();
        const { sessionId } = await student.checkout();
        await pay(app.stripe, sessionId);
        await app.sql(
          `UPDATE checkout_sessions SET created_at = now() - interval '1 hour' WHERE user_id = $1`,
          [student.id],
        );

        expect((await student.post('/payments/create-checkout-session')).status).toBe(409);
        expect(await student.isPremium()).toBe(true);
      } finally {
        await sandbox.faults({ drop: 0 });
      }
    });

    it.each([
      ['another site', 'https://evil.example/'],
      ['a lookalike', 'https://chatgpt.com.evil.example/'],
      ['credentials in front of another host', 'https://chatgpt.com@evil.example/'],
      ['a script', 'javascript:alert(1)'],
    ])('refuses %s as return address', async (_, url) => {
      const student = await app.student();
      const answer = await student.post('/payments/create-checkout-session', { success_url: url });

      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body['errors'])).toContain('/success_url');
    });

    it('takes an allowed return address', async () => {
      const student = await app.student();
      const answer = await student.post('/payments/create-checkout-session', {
        success_url: 'https://chatgpt.com/g/my-gpt',
      });

      expect(answer.status).toBe(200);
    });

    it.each([{ plan: 'weekly' }, { price: 1 }, { promotion_code: 'no such code!' }, [], 'x'])(
      'refuses %j',
      async (body) => {
        const student = await app.student();

        expect((await student.post('/payments/create-checkout-session', body)).status).toBe(400);
      },
    );

    it('puts a promotion code on the session, and refuses one that nobody made', async () => {
      const coupon = await app.stripe.coupons.create({ amount_off: 300, currency: 'usd', duration: 'once' });
      await app.stripe.promotionCodes.create({
        promotion: { type: 'coupon', coupon: coupon.id },
        code: 'THREELESS',
      });
      const student = await app.student();
      const refused = await student.post('/payments/create-checkout-session', { promotion_code: 'NOBODY' });
      const { sessionId } = await student.checkout({ promotion_code: 'THREELESS' });

      expect(refused.body).toMatchObject({
        status: 400,
        code: 'promotion_code_invalid',
        errors: [{ pointer: '/promotion_code' }],
      });
      expect((await app.stripe.checkout.sessions.retrieve(sessionId)).amount_total).toBe(699);
      await pay(app.stripe, sessionId);
      await untilPremium(student);
    });

    it('finds the session again when the answer to its creation was lost', async () => {
      const student = await app.student();
      await sandbox.faults({ api: { drop_reply: true, match: 'POST /v1/checkout/sessions', times: 9 } });
      const lost = await student.post('/payments/create-checkout-session');
      await sandbox.faults({ api: null });
      const { sessionId } = await student.checkout();
      const customer = (await app.stripe.checkout.sessions.retrieve(sessionId)).customer;
      const made = await app.stripe.checkout.sessions.list({ customer: String(customer) });

      expect([lost.status, lost.body['code']]).toEqual([503, 'stripe_unavailable']);
      expect(made.data.map(({ id }) => id)).toEqual([sessionId]);
    });

    it('expires the session whose answer was lost when the student then wants another plan', async () => {
      const student = await app.student();
      await sandbox.faults({ api: { drop_reply: true, match: 'POST /v1/checkout/sessions', times: 9 } });
      expect((await student.post('/payments/create-checkout-session')).status).toBe(503);
      await sandbox.faults({ api: null });
      const { sessionId } = await student.checkout({ plan: 'yearly' });
      const customer = (await app.stripe.checkout.sessions.retrieve(sessionId)).customer;
      const made = await app.stripe.checkout.sessions.list({ customer: String(customer) });

      expect(made.data.filter(({ status }) => status === 'open').map(({ id }) => id)).toEqual([sessionId]);
    });

    it('answers 503 with Retry-After while Stripe is unavailable, and never "free"', async () => {
      const { student } = await becomePremium(app);
      await sandbox.faults({ api: { status: 500 } });
      const answer = await student.post('/payments/cancel-subscription');

      expect([answer.status, answer.body['code']]).toEqual([503, 'stripe_unavailable']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await student.isPremium()).toBe(true);
      await sandbox.faults({ api: null });
      // The breaker lets a probe through after its pause.
      await eventually(
        async () => expect((await student.post('/payments/cancel-subscription')).status).toBe(200),
        {
          timeoutMs: 12_000,
        },
      );
    });
  });

  describe('status', () => {
    it('tells a newcomer to subscribe', async () => {
      const { body } = await (await app.student()).status();

      expect(body).toEqual({
        is_premium: false,
        subscription_status: 'none',
        state: 'none',
        reason: 'no_subscription',
        next_action: 'subscribe',
        next_operation_id: 'createCheckoutSession',
      });
    });

    it('says pending while a payment link is open', async () => {
      const student = await app.student();
      await student.checkout();

      expect((await student.status()).body).toMatchObject({
        is_premium: false,
        state: 'pending',
        reason: 'checkout_open',
      });
    });

    it('says everything about a paid subscription', async () => {
      const { student } = await becomePremium(app, { checkout: { plan: 'yearly' } });
      const { body } = await student.status();

      expect(body).toMatchObject({
        is_premium: true,
        subscription_status: 'active',
        plan: 'yearly',
        state: 'active',
        reason: 'paid',
        next_action: 'none',
      });
      expect(body['access_until']).toBe(body['current_period_end']);
      expect(Date.parse(String(body['current_period_end'])) - Date.now()).toBeGreaterThan(360 * 86_400_000);
    });

    it('agrees with what sign-in says', async () => {
      const { student } = await becomePremium(app);

      expect((await student.get('/auth/me')).body).toMatchObject({
        is_premium: true,
        subscription_tier: 'premium',
      });
    });
  });

  describe('cancel and resume', () => {
    it('keeps access to the end of the paid period, and resume undoes it', async () => {
      const { student } = await becomePremium(app);
      const before = (await student.status()).body;
      const cancelled = await student.post('/payments/cancel-subscription');

      expect(cancelled.body).toEqual({
        subscription_id: before['subscription_id'],
        status: 'active',
        cancelled: true,
        access_until: before['current_period_end'],
        further_charges: 'none',
        message: expect.stringContaining('Nothing more will be charged.'),
      });
      expect((await student.status()).body).toMatchObject({
        is_premium: true,
        state: 'canceling',
        next_action: 'resume',
        cancel_at: before['current_period_end'],
      });
      expect((await student.get('/chapters/chapter-4')).status).toBe(200);

      expect((await student.post('/payments/resume-subscription')).body).toMatchObject({
        cancelled: false,
        status: 'active',
      });
      expect((await student.status()).body).toMatchObject({ state: 'active', reason: 'paid' });
    });

    it('makes a new operation for each new intention, so that cancel-resume-cancel ends cancelled', async () => {
      const { student } = await becomePremium(app);
      for (const path of ['cancel', 'cancel', 'resume', 'resume', 'cancel']) {
        expect((await student.post(`/payments/${path}-subscription`)).status).toBe(200);
      }
      const id = await subscriptionOf(student);

      expect((await app.stripe.subscriptions.retrieve(id)).cancel_at_period_end).toBe(true);
      const operations = await app.sql<{ kind: string; status: string }>(
        'SELECT kind, status FROM stripe_operations WHERE target = $1 ORDER BY created_at',
        [`subscription:${id}`],
      );
      expect(operations.map(({ kind }) => kind)).toEqual([
        'cancel_subscription',
        'resume_subscription',
        'cancel_subscription',
      ]);
      expect(new Set(operations.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    });

    it('does not repeat an old key after a lost answer and a change of mind', async () => {
      const { student } = await becomePremium(app);
      const id = await subscriptionOf(student);
      await sandbox.faults({ api: { drop_reply: true, match: `POST /v1/subscriptions/${id}`, times: 9 } });
      expect((await student.post('/payments/cancel-subscription')).status).toBe(503);
      await sandbox.faults({ api: null });
      expect((await student.post('/payments/resume-subscription')).body).toMatchObject({ cancelled: false });
      expect((await student.post('/payments/cancel-subscription')).body).toMatchObject({ cancelled: true });

      expect((await app.stripe.subscriptions.retrieve(id)).cancel_at_period_end).toBe(true);
    });

    it('sees and undoes a cancellation made in the portal, which sets a date and no flag', async () => {
      const { student } = await becomePremium(app);
      const id = await subscriptionOf(student);
      const end = Date.parse(String((await student.status()).body['current_period_end'])) / 1000;
      await app.stripe.subscriptions.update(id, { cancel_at: end });
      await eventually(async () => expect((await student.status()).body['state']).toBe('canceling'));

      await student.post('/payments/resume-subscription');

      expect((await app.stripe.subscriptions.retrieve(id)).cancel_at).toBeNull();
      expect((await student.status()).body['state']).toBe('active');
    });

    it('uses a new key after a 5xx, because Stripe would only repeat that answer', async () => {
      const { student } = await becomePremium(app);
      const id = await subscriptionOf(student);
      await sandbox.faults({ api: { status: 500, match: `POST /v1/subscriptions/${id}`, times: 1 } });
      expect((await student.post('/payments/cancel-subscription')).status).toBe(503);

      expect((await student.post('/payments/cancel-subscription')).body).toMatchObject({ cancelled: true });
    });

    it('takes two cancellations at once', async () => {
      const { student } = await becomePremium(app);
      const answers = await Promise.all([1, 2, 3].map(() => student.post('/payments/cancel-subscription')));

      expect(answers.map(({ status, body }) => [status, body['cancelled']])).toEqual(
        Array(3).fill([200, true]),
      );
    });

    it('has nothing to cancel or resume for a free student', async () => {
      const student = await app.student();

      expect((await student.post('/payments/cancel-subscription')).body).toMatchObject({
        status: 404,
        code: 'no_subscription',
      });
      expect((await student.post('/payments/resume-subscription')).body).toMatchObject({
        status: 404,
        code: 'no_subscription',
      });
    });

    it('removes access when Stripe deletes the subscription at once, and points to a new purchase', async () => {
      const { student } = await becomePremium(app);
      await app.stripe.subscriptions.cancel(await subscriptionOf(student));
      await untilPremium(student, false);

      expect((await student.get('/chapters/chapter-4')).body).toMatchObject({ code: 'premium_required' });
      expect((await student.status()).body).toMatchObject({
        state: 'expired',
        reason: 'canceled',
        next_action: 'subscribe',
      });
      expect((await student.post('/payments/resume-subscription')).body).toMatchObject({
        status: 409,
        code: 'subscription_ended',
        operation_id: 'createCheckoutSession',
      });
    });
  });

  describe('return page', () => {
    const page = (path: string) =>
      call('GET', `${app.apiUrl}/checkout/${path}`, { headers: { accept: 'text/html' } });

    it('syncs before it says premium, even when no webhook has arrived', async () => {
      await sandbox.faults({ drop: 1 });
      try {
        const student = await app.student();
        const { sessionId } = await student.checkout({ success_url: 'https://chatgpt.com/g/my-gpt' });
        await pay(app.stripe, sessionId);
        const answer = await page(`return?session_id=${sessionId}`);

        expect(answer.text).toContain('You are premium');
        expect(answer.text).toContain('href="https://chatgpt.com/g/my-gpt"');
        expect(await student.isPremium()).toBe(true);
      } finally {
        await sandbox.faults({ drop: 0 });
      }
    });

    it('does not say premium to somebody who only opened the address', async () => {
      const student = await app.student();
      const { sessionId } = await student.checkout();
      const answer = await page(`return?session_id=${sessionId}`);

      expect(answer.text).not.toContain('You are premium');
      expect(await student.isPremium()).toBe(false);
    });

    it('claims nothing while Stripe cannot be asked, and looks again', async () => {
      const student = await app.student();
      const { sessionId } = await student.checkout();
      await sandbox.faults({ api: { status: 500 } });
      const answer = await page(`return?session_id=${sessionId}`);

      expect(answer.text).toContain('confirming');
      expect(answer.text).toContain('http-equiv="refresh"');
    });

    it('does not say on the cancelled page that nothing was paid when it was', async () => {
      const student = await app.student();
      const { body } = await student.post('/payments/create-checkout-session');
      const code = String(body['short_url']).split('/').at(-1);
      const before = await page(`cancelled?code=${code}`);
      await pay(app.stripe, String(body['session_id']));
      await untilPremium(student);
      const after = await page(`cancelled?code=${code}`);

      expect(before.text).toContain('No payment was made');
      expect(after.text).toContain('You are premium');
      expect(after.text).not.toContain('No payment was made');
    });

    it('knows only its own sessions', async () => {
      expect((await page('return?session_id=cs_test_unknown')).status).toBe(404);
      expect((await page('return?session_id=../../etc')).status).toBe(400);
      expect((await call('GET', `${app.apiUrl}/c/unknowncode`)).status).toBe(404);
    });
  });
});

describe('payments where only the monthly plan is sold', () => {
  it('refuses the yearly plan and sells the monthly one', async () => {
    const app = await TestApp.start({ worker: false, env: { STRIPE_PREMIUM_YEARLY_PRICE_ID: '' } });
    try {
      const student = await app.student();
      const yearly = await student.post('/payments/create-checkout-session', { plan: 'yearly' });

      expect(yearly.body).toMatchObject({ status: 400, code: 'plan_not_offered' });
      expect((await student.post('/payments/create-checkout-session')).status).toBe(200);
    } finally {
      await app.stop();
    }
  });
});

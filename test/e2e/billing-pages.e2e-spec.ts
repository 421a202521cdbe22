import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { SandboxControl } from '../support/sandbox-control';
import { pay, STUDENT_PASSWORD, type Student } from '../support/student';
import { eventually } from '../support/wait';

/** Money pages of a signed-in student: they lead to Stripe, and nothing that works without sign-in leaves them. */
describe('the billing pages', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeEach(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => app.stop());

  async function buy(): Promise<Student> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true));
    return student;
  }

  async function signIn({ email }: Student): Promise<Form> {
    const browser = new Form(app.apiUrl);
    const { status } = await browser.post('/sign-in', { email, password: STUDENT_PASSWORD });
    expect(status).toBe(303);
    return browser;
  }

  const subscriptionOf = async (student: Student) =>
    app.stripe.subscriptions.retrieve(String((await student.status()).body['subscription_id']));

  async function useCard(student: Student, card: string): Promise<void> {
    const { id, customer } = await subscriptionOf(student);
    const method = await app.stripe.paymentMethods.attach(card, { customer: String(customer) });
    await app.stripe.subscriptions.update(id, { default_payment_method: method.id });
  }

  const failRenewal = async (student: Student) => {
    await useCard(student, 'pm_card_chargeCustomerFail');
    await sandbox.advanceDays(32);
    await eventually(async () => expect((await student.status()).body).toMatchObject({ state: 'past_due' }), {
      timeoutMs: 10_000,
    });
  };

  const linkOf = async (student: Student, body: unknown = {}) => {
    const answer = await student.post('/payments/portal', body);
    expect(answer.status).toBe(200);
    return new URL(String(answer.body['url'])).pathname;
  };

  describe('openBillingPortal', () => {
    it('gives a page of this site that leads its owner to a new session at Stripe, once', async () => {
      const student = await buy();
      const path = await linkOf(student);
      const browser = await signIn(student);

      const opened = await browser.get(path);
      const again = await browser.get(path);

      expect([opened.status, opened.location]).toEqual([
        200,
        expect.stringMatching(new RegExp(`^${app.sandbox.url}/p/session/`)),
      ]);
      expect([again.status, again.location]).toEqual([409, null]);
      expect(again.body).toContain('This link was already used');
    });

    it('opens the form for a card when asked', async () => {
      const student = await buy();
      const browser = await signIn(student);

      const { location } = await browser.get(await linkOf(student, { flow: 'payment_method_update' }));

      expect(await (await fetch(location ?? '')).text()).toContain('Card number');
    });

    it('sends a stranger to the sign-in page and uses nothing up', async () => {
      const student = await buy();
      const path = await linkOf(student);

      const stranger = await new Form(app.apiUrl).get(path);
      expect([stranger.status, stranger.location]).toEqual([
        303,
        `/sign-in?return_to=${encodeURIComponent(path)}`,
      ]);
      expect((await (await signIn(student)).get(path)).location).toContain('/p/session/');
    });

    it('refuses another account', async () => {
      const path = await linkOf(await buy());
      const other = await signIn(await buy());

      const { status, location, body } = await other.get(path);

      expect([status, location]).toEqual([403, null]);
      expect(body).toContain('This link belongs to another account');
    });

    it('answers 404 to a student who never bought anything', async () => {
      const { status, body } = await (await app.student()).post('/payments/portal');

      expect([status, body['code'], body['operation_id']]).toEqual([
        404,
        'no_subscription',
        'createCheckoutSession',
      ]);
    });

    it('stores no address that works without sign-in', async () => {
      const student = await buy();
      const path = await linkOf(student);
      const { location } = await (await signIn(student)).get(path);
      const rows = await app.sql('SELECT * FROM billing_links');

      expect(JSON.stringify(rows)).not.toContain(path.split('/').at(-1));
      expect(JSON.stringify(rows)).not.toContain(location);
    });
  });

  describe('/account/pay', () => {
    it('is offered in status and locked content while a payment is owed, without a call to Stripe', async () => {
      const student = await buy();
      await failRenewal(student);
      await sandbox.faults({ api: { status: 500 } });
      const step = {
        next_action: 'update_payment_method',
        next_operation_id: 'openBillingPortal',
        next_url: `${app.apiUrl}/account/pay`,
      };

      expect((await student.status()).body).toMatchObject({ is_premium: true, ...step });
    });

    it('shows what is owed and leads to the hosted invoice, and paying it repairs access at once', async () => {
      const student = await buy();
      await failRenewal(student);
      const browser = await signIn(student);

      const { body } = await browser.get('/account/pay');
      expect(body).toContain('$9.99 is due');
      expect(body).toContain('the bank declined the payment');
      expect(body).not.toContain(app.sandbox.url);
      const { status, location } = await browser.get('/account/pay/continue');
      expect([status, location]).toEqual([200, expect.stringMatching(new RegExp(`^${app.sandbox.url}/i/`))]);

      await payHosted(location ?? '');
      await eventually(async () =>
        expect((await student.status()).body).toMatchObject({ state: 'active', reason: 'paid' }),
      );
      expect((await browser.get('/account/pay')).body).toContain('Nothing is owed');
    });

    it('leads to the confirmation at the bank', async () => {
      const student = await buy();
      await useCard(student, 'pm_card_authenticationRequired');
      await sandbox.advanceDays(32);
      await eventually(
        async () => expect((await student.status()).body).toMatchObject({ state: 'past_due' }),
        {
          timeoutMs: 10_000,
        },
      );

      expect((await (await signIn(student)).get('/account/pay')).body).toContain(
        'your confirmation at the bank',
      );
    });

    it('says that nothing is owed to a student without a customer', async () => {
      expect((await (await signIn(await app.student())).get('/account/pay')).body).toContain(
        'Nothing is owed',
      );
    });

    it('never says "nothing" because Stripe is down', async () => {
      const student = await buy();
      const browser = await signIn(student);
      await sandbox.faults({ api: { status: 500 } });

      expect((await browser.get('/account/pay')).status).toBe(503);
    });

    it('requires sign-in and leads back', async () => {
      const { status, location } = await new Form(app.apiUrl).get('/account/pay');

      expect([status, location]).toEqual([303, '/sign-in?return_to=%2Faccount%2Fpay']);
    });
  });

  /** Fills the form of the hosted invoice, as a student does. */
  async function payHosted(url: string): Promise<void> {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({
        cardNumber: '4242424242424242',
        cardExpiry: '12 / 40',
        cardCvc: '123',
        billingName: 'Ada Student',
      }),
    });
    expect(answer.status).toBeLessThan(400);
  }
});

import { adviceOn, Assistant } from '../chatgpt/assistant';
import { RefundDecisionsService } from '../../src/modules/payments';
import { TestApp } from '../support/app';
import { ChatGpt } from '../support/chatgpt';
import type { Form } from '../support/form';
import { newBrowser, setUpChatGpt, type OAuthClient } from '../support/oauth';
import { SandboxControl } from '../support/sandbox-control';
import { pay } from '../support/student';
import { eventually } from '../support/wait';

/** Conversations about money, over the real Actions document, with a model that follows chatgpt/instructions.md. */
describe('a conversation about money', () => {
  let app: TestApp;
  let sandbox: SandboxControl;
  let oauth: OAuthClient;

  beforeEach(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
    oauth = await setUpChatGpt(app);
  });
  afterEach(() => app.stop());

  interface Talk {
    readonly assistant: Assistant;
    readonly browser: Form;
    readonly email: string;
  }

  async function talk(agrees?: (operationId: string) => boolean): Promise<Talk> {
    const { browser, email } = await newBrowser(app);
    const chatgpt = await ChatGpt.import(`${app.apiUrl}/chatgpt/openapi.json`, oauth);
    await chatgpt.finishSignIn((await oauth.authorize(browser)).get('code'));
    return { assistant: new Assistant(chatgpt, agrees), browser, email };
  }
  const sessionOf = async ({ email }: Talk) => {
    const [row] = await app.sql<{ id: string }>(
      `SELECT stripe_session_id AS id FROM checkout_sessions WHERE user_id = (SELECT id FROM users WHERE email = $1)
       ORDER BY created_at DESC LIMIT 1`,
      [email],
    );
    return String(row?.id);
  };
  async function subscriber(
    agrees?: (operationId: string) => boolean,
  ): Promise<Talk & { customerId: string; subscriptionId: string }> {
    const student = await talk(agrees);
    await student.assistant.sell();
    const sessionId = await sessionOf(student);
    await pay(app.stripe, sessionId);
    await until(student, 'premium');
    const { customer, subscription } = await app.stripe.checkout.sessions.retrieve(sessionId);
    return { ...student, customerId: String(customer), subscriptionId: String(subscription) };
  }
  const paidBy = async ({ customerId }: { customerId: string }) =>
    (await app.stripe.charges.list({ customer: customerId })).data
      .filter(({ paid }) => paid)
      .map(({ amount }) => amount);
  const until = ({ assistant }: Talk, about: string) =>
    eventually(
      async () => {
        const reply = await assistant.checkPayment();
        expect(reply.about).toBe(about);
        return reply;
      },
      { timeoutMs: 15_000, intervalMs: 100 },
    );

  it('has its own branch in the instructions for each reason that a student meets', () => {
    const reasons = ['checkout_open', 'checkout_declined', 'payment_pending', 'payment_failed_grace'];
    const branches = reasons.map(adviceOn);

    expect(branches).not.toContain(undefined);
    expect(new Set(branches).size).toBe(reasons.length);
    expect(adviceOn('payment_failed')).toBe(adviceOn('payment_failed_grace'));
  });

  it('"I just paid", when the link was never used: the same link, and no second one', async () => {
    const student = await talk();
    const link = await student.assistant.sell();

    const reply = await student.assistant.checkPayment();

    expect(reply).toMatchObject({ about: 'checkout_open', link });
    expect(reply.advice).toMatch(/was not paid, or the payment is not confirmed yet/);
  });

  it('a delayed payment: wait, and do not pay again', async () => {
    const student = await talk();
    await student.assistant.sell();
    const sessionId = await sessionOf(student);
    const method = await app.stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban: 'AT611904300234573201' },
      billing_details: { name: 'Ada Student', email: 'ada@example.test' },
    });
    await app.stripe.rawRequest('POST', `/v1/payment_pages/${sessionId}/confirm`, {
      payment_method: method.id,
    });

    const reply = await until(student, 'payment_pending');

    expect([reply.link, reply.advice]).toEqual([undefined, expect.stringContaining('Do not pay again')]);
    await sandbox.settle(sessionId, 'succeeded');
    await until(student, 'premium');
  });

  it('a failed renewal: a page that requires sign-in, another card, and it is over', async () => {
    const student = await subscriber();
    const broken = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: student.customerId,
    });
    await app.stripe.subscriptions.update(student.subscriptionId, { default_payment_method: broken.id });
    await sandbox.advanceDays(32);

    const reply = await until(student, 'payment_failed_grace');

    expect(reply.link).toBe(`${app.apiUrl}/account/pay`);
    expect(reply.advice).toMatch(/premium stays until `access_until`/);
    const page = await student.browser.get('/account/pay');
    expect(page.body).toContain('$9.99');
    const link = await student.assistant.openBilling('payment_method_update');
    expect(new URL(link).origin).toBe(app.apiUrl);
    expect((await student.browser.get(new URL(link).pathname)).status).toBe(200);
    const working = await app.stripe.paymentMethods.attach('pm_card_visa', { customer: student.customerId });
    await app.stripe.subscriptions.update(student.subscriptionId, { default_payment_method: working.id });
    const { latest_invoice: invoice } = await app.stripe.subscriptions.retrieve(student.subscriptionId);
    await app.stripe.invoices.pay(String(invoice));
    await until(student, 'premium');
  });

  it('"my card was declined": the same link takes another card, and premium opens', async () => {
    const student = await talk();
    const link = await student.assistant.sell();
    const sessionId = await sessionOf(student);
    await expect(pay(app.stripe, sessionId, 'tok_chargeDeclined')).rejects.toThrow();

    const reply = await until(student, 'checkout_declined');

    expect(reply).toMatchObject({ link, advice: expect.stringContaining('takes another card') });
    await pay(app.stripe, sessionId);
    await until(student, 'premium');
  });

  it('"switch me to yearly": the offer first, and exactly its price after a yes', async () => {
    let agrees = false;
    const student = await subscriber((operationId) => agrees || operationId !== 'changePlan');
    await expect(student.assistant.switchPlan('yearly')).rejects.toThrow('does not agree to changePlan');
    expect(await paidBy(student)).toEqual([999]);
    agrees = true;

    const { offer, said } = await student.assistant.switchPlan('yearly');

    expect(said).toMatchObject({ status: 'changed', plan: 'yearly' });
    const [charged] = await paidBy(student);
    expect(offer).toContain(`$${((charged ?? 0) / 100).toFixed(2)}`);
    const [newest] = await student.assistant.listInvoices();
    expect(newest).toMatchObject({ status: 'paid', total_minor: charged });
    const pdf = await student.browser.get(new URL(String(newest?.['pdf_url'])).pathname);
    expect([pdf.status, pdf.location]).toEqual([200, expect.stringContaining(app.sandbox.url)]);
    const again = await student.assistant.switchPlan('yearly');
    expect(again.said).toMatchObject({ code: 'plan_change_refused' });
  });

  it('"switch me to yearly" with a card that fails: nothing changes, and a page to pay', async () => {
    const student = await subscriber();
    const broken = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: student.customerId,
    });
    await app.stripe.subscriptions.update(student.subscriptionId, { default_payment_method: broken.id });

    const { said } = await student.assistant.switchPlan('yearly');

    expect(said).toMatchObject({ status: 'payment_required', payment_url: `${app.apiUrl}/account/pay` });
    expect((await student.assistant.checkPayment()).about).toBe('premium');
    expect((await student.browser.get('/account/pay')).body).toContain('Your plan change');
  });

  it('"change my card": a one-time link that nobody else can use', async () => {
    const student = await subscriber();
    const stranger = await talk();

    const link = new URL(await student.assistant.openBilling());

    expect((await stranger.browser.get(link.pathname)).status).toBe(403);
    const opened = await student.browser.get(link.pathname);
    expect([opened.status, opened.location]).toEqual([200, expect.stringContaining(app.sandbox.url)]);
    expect((await student.browser.get(link.pathname)).status).toBe(409);
  });

  it('"refund me": a request, which a person decides', async () => {
    const student = await subscriber();

    const request = await eventually(async () => {
      const answer = await student.assistant.requestRefund('I have no time for it.');
      expect(answer.status).toBe(200);
      return answer;
    });
    const again = await student.assistant.requestRefund('Please.');

    expect(request.body).toMatchObject({ status: 'open', amount_minor: 999 });
    expect(again.body).toMatchObject({ code: 'refund_request_open' });
    expect((await student.assistant.checkPayment()).about).toBe('premium');
    await app.web.get(RefundDecisionsService, { strict: false }).decide({
      requestId: String(request.body['id']),
      operatorId: '00000000-0000-4000-8000-000000000000',
      httpRequestId: 'conversation',
      decision: { kind: 'approve' },
    });
    await until(student, 'refunded');
    await app.mails.waitFor(student.email, 'Your refund: $9.99');
  });

  it('does nothing about money that the student does not agree to', async () => {
    const student = await talk(() => false);

    await expect(student.assistant.requestRefund('x')).rejects.toThrow('does not agree');
    await expect(student.assistant.openBilling()).rejects.toThrow('does not agree');
    expect(student.assistant.calls).toEqual([]);
  });
});

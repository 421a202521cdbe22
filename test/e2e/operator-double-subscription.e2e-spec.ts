import { TestApp } from '../support/app';
import { Operator } from '../support/operator';
import { operatorBrowser } from '../support/operator-browser';
import { becomePremium, type Purchase } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { MONTHLY_PRICE } from '../support/config';
import { eventually } from '../support/wait';
import { deliver, eventBody, signatureOf } from '../support/webhook';

/** "I was charged twice", and "webhooks seem to be down". */
describe('what operators settle in one step', () => {
  const reason = 'two subscriptions';
  let app: TestApp;
  let sandbox: SandboxControl;
  let operator: Operator;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
    operator = await Operator.signIn(app);
  });
  afterEach(() => sandbox.faults({ api: null }));
  afterAll(() => app.stop());

  async function paysTwice(): Promise<Purchase & { second: string }> {
    const purchase = await becomePremium(app);
    const { id } = await app.stripe.paymentMethods.attach('pm_card_visa', { customer: purchase.customerId });
    const second = await app.stripe.subscriptions.create({
      customer: purchase.customerId,
      items: [{ price: MONTHLY_PRICE }],
      default_payment_method: id,
    });
    await eventually(async () => expect(await openTasks(purchase)).toHaveLength(1), { timeoutMs: 15_000 });
    return { ...purchase, second: second.id };
  }
  const openTasks = ({ student }: Purchase) =>
    app.sql(
      `SELECT id FROM operator_tasks WHERE kind = 'double_subscription' AND user_id = $1 AND resolved_at IS NULL`,
      [student.id],
    );
  const resolve = ({ student }: Purchase, body: object) =>
    operator.post(`/users/${student.id}/resolve-double-subscription`, { reason, ...body });
  const refundedOf = async ({ customerId }: Purchase) =>
    (await app.stripe.charges.list({ customer: customerId })).data.map(({ amount_refunded: sum }) => sum);
  const statusOf = async (id: string) => (await app.stripe.subscriptions.retrieve(id)).status;

  it('ends one of two subscriptions, returns its payment, keeps access, and the task closes', async () => {
    const purchase = await paysTwice();

    const { status, body } = await resolve(purchase, { subscription_id: purchase.second });

    expect([status, body]).toMatchObject([200, { refunds: [{ amount: 999 }], access: { granted: true } }]);
    expect([await statusOf(purchase.second), await statusOf(purchase.subscriptionId)]).toEqual([
      'canceled',
      'active',
    ]);
    expect(await refundedOf(purchase)).toEqual([999, 0]);
    await eventually(async () => expect(await openTasks(purchase)).toEqual([]));
    expect((await resolve(purchase, { subscription_id: purchase.second })).body['refunds']).toEqual([]);
    expect(await refundedOf(purchase)).toEqual([999, 0]);
  });

  it('goes on after Stripe could not answer between the two halves', async () => {
    const purchase = await paysTwice();
    await sandbox.faults({ api: { status: 500, match: 'POST /v1/refunds' } });
    const interrupted = await resolve(purchase, { subscription_id: purchase.second });
    await sandbox.faults({ api: null });
    expect([interrupted.status, await statusOf(purchase.second)]).toEqual([503, 'canceled']);

    expect((await resolve(purchase, { subscription_id: purchase.second })).status).toBe(200);

    expect(await refundedOf(purchase)).toEqual([999, 0]);
  });

  it('refuses to end the only subscription, or one of somebody else', async () => {
    const purchase = await becomePremium(app);
    const other = await becomePremium(app);

    for (const subscription_id of [purchase.subscriptionId, other.subscriptionId]) {
      const { status, body } = await resolve(purchase, { subscription_id });
      expect([status, body['code']]).toEqual([404, 'no_subscription']);
    }
    expect(await statusOf(purchase.subscriptionId)).toBe('active');
    expect(await refundedOf(purchase)).toEqual([0]);
  });

  it('is one form on the page of the customer', async () => {
    const purchase = await paysTwice();
    const { browser } = await operatorBrowser(app);
    const path = `/ops/customers/${purchase.student.id}`;
    expect((await browser.get(path)).body).toContain(`End and refund ${purchase.second}`);
    const form = { reason, subscription_id: purchase.second };
    expect((await browser.post(`${path}/resolve-double`, form)).status).toBe(400);

    const done = await browser.post(`${path}/resolve-double`, { ...form, confirm: 'yes' });

    expect((await browser.follow(done)).body).toContain('its last payment is returned');
    expect(await refundedOf(purchase)).toEqual([999, 0]);
    expect((await browser.get(path)).body).not.toContain('End and refund sub_');
  });

  it('shows refused deliveries by cause, with count and last time, in the API and in the inbox', async () => {
    const { browser } = await operatorBrowser(app);
    const body = eventBody({ type: 'invoice.paid', object: { id: 'in_1', customer: 'cus_1' } });
    const old = Math.floor(Date.now() / 1000) - 900;
    await deliver(app.apiUrl, body, signatureOf(body, { secret: 'whsec_of_somebody_else' }));
    await deliver(app.apiUrl, body, signatureOf(body, { secret: 'whsec_of_somebody_else' }));
    await deliver(app.apiUrl, body, signatureOf(body, { timestamp: old }));

    await eventually(async () => {
      const causes = (await operator.get('/refused-deliveries')).body as unknown as Record<string, unknown>[];
      expect(causes).toContainEqual({ cause: 'mismatch', count: 2, last_at: expect.any(String) });
      expect(causes).toContainEqual({ cause: 'stale', count: 1, last_at: expect.any(String) });
    });
    const { body: page } = await browser.get('/ops/inbox');
    expect(page).toMatch(/Refused deliveries.*mismatch.*the secret here is not the one of the endpoint/s);
    expect(page).toContain('Signed more than five minutes ago');
  });
});

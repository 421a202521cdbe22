import { TestApp } from '../support/app';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

/** What Stripe billed and what was paid, as every sync writes it down. */
describe('the record of money', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterAll(() => app.stop());

  async function buy(): Promise<{ student: Student; subscriptionId: string; customerId: string }> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true));
    const subscriptionId = String((await student.status()).body['subscription_id']);
    const { customer } = await app.stripe.subscriptions.retrieve(subscriptionId);
    return { student, subscriptionId, customerId: String(customer) };
  }
  const invoicesOf = ({ id }: Student) =>
    app.sql<Record<string, unknown>>(
      `SELECT i.id, i.subscription_id, i.status, i.billing_reason, i.amount_paid_minor::int AS paid, i.attempt_count,
         i.next_attempt_at IS NOT NULL AS retries, p.status AS payment, p.card_last4 AS card, p.failure_code AS failure,
         l.amount_minor::int AS line, l.period_end - l.period_start > interval '27 days' AS month, l.price_id AS price
       FROM invoices i JOIN payments p ON p.invoice_id = i.id JOIN invoice_lines l ON l.invoice_id = i.id
       WHERE i.user_id = $1 ORDER BY i.created_at`,
      [id],
    );

  it('holds an invoice with its line and its payment within the sync that opened access', async () => {
    const { student, subscriptionId } = await buy();

    expect(await invoicesOf(student)).toEqual([
      {
        id: expect.stringMatching(/^in_/),
        subscription_id: subscriptionId,
        status: 'paid',
        billing_reason: 'subscription_create',
        paid: 999,
        attempt_count: 1,
        retries: false,
        payment: 'paid',
        card: '4242',
        failure: null,
        line: 999,
        month: true,
        price: 'price_premium_monthly',
      },
    ]);
  });

  it('shows the decline and the next attempt of a renewal that failed, and its payment later', async () => {
    const { student, subscriptionId, customerId } = await buy();
    const useCard = async (token: string) => {
      const card = await app.stripe.paymentMethods.attach(token, { customer: customerId });
      await app.stripe.subscriptions.update(subscriptionId, { default_payment_method: card.id });
    };
    await useCard('pm_card_chargeCustomerFail');
    await sandbox.advanceDays(32);
    const second = async () => (await invoicesOf(student))[1];
    await eventually(async () =>
      expect(await second()).toMatchObject({
        status: 'open',
        retries: true,
        payment: 'open',
        failure: 'card_declined',
      }),
    );

    await useCard('pm_card_visa');
    const [open] = (await app.stripe.invoices.list({ customer: customerId, status: 'open' })).data;
    await app.stripe.invoices.pay(String(open?.id));
    await eventually(async () =>
      expect(await second()).toMatchObject({ status: 'paid', paid: 999, payment: 'paid', failure: null }),
    );
  });

  it('equals what Stripe has after a year', async () => {
    const { student, customerId } = await buy();
    for (let month = 0; month < 12; month++) await sandbox.advanceDays(30.5);
    const truth = async () =>
      (await app.stripe.invoices.list({ customer: customerId, limit: 100 })).data
        .map(({ id, status, amount_paid }) => ({ id, status, paid: amount_paid }))
        .sort((a, b) => a.id.localeCompare(b.id));
    const recorded = async () =>
      (await invoicesOf(student))
        .map(({ id, status, paid }) => ({ id: String(id), status, paid }))
        .sort((a, b) => a.id.localeCompare(b.id));

    await eventually(async () => expect(await recorded()).toEqual(await truth()), { timeoutMs: 20_000 });
    expect((await recorded()).length).toBeGreaterThan(11);
  });

  it('gives Stripe the email once: no metadata repeats it', async () => {
    const { student, subscriptionId, customerId } = await buy();
    const customer = await app.stripe.customers.retrieve(customerId);
    const { metadata } = await app.stripe.subscriptions.retrieve(subscriptionId);

    expect(JSON.stringify(metadata)).not.toContain(student.email);
    expect(customer).toMatchObject({ email: student.email, metadata: { user_id: student.id } });
  });
});

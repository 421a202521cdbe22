import { TestApp } from '../support/app';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

const INTERVAL_MINUTES = 15;
const MINUTE_OF_A_DAY = 1 / 1440;

/** No delivery arrives. Within one interval of business time, access follows Stripe without anyone's help. */
describe('lost webhooks', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start({ env: { RECONCILE_INTERVAL: String(INTERVAL_MINUTES) } });
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ drop: 0, api: null }));
  afterAll(() => app.stop());

  const anIntervalPasses = () => sandbox.advanceDays(INTERVAL_MINUTES * MINUTE_OF_A_DAY);
  const premiumBecomes = (student: Student, expected: boolean) =>
    eventually(async () => expect(await student.isPremium()).toBe(expected), { timeoutMs: 15_000 });

  async function buy(plan: 'monthly' | 'yearly'): Promise<Student> {
    const student = await app.student();
    const { sessionId } = await student.checkout({ plan });
    await pay(app.stripe, sessionId);
    return student;
  }

  async function buyAndWait(plan: 'monthly' | 'yearly'): Promise<Student> {
    const student = await buy(plan);
    await premiumBecomes(student, true);
    return student;
  }

  it('ends access of a yearly subscription that was cancelled at Stripe', async () => {
    const student = await buyAndWait('yearly');
    const id = String((await student.status()).body['subscription_id']);
    await sandbox.faults({ drop: 1 });
    await app.stripe.subscriptions.cancel(id);
    expect(await student.isPremium()).toBe(true);

    await anIntervalPasses();

    await premiumBecomes(student, false);
    expect((await student.get('/chapters/chapter-4')).status).toBe(403);
  });

  it('opens access for a subscription that was made in the dashboard for a bound customer', async () => {
    const student = await app.student();
    await student.checkout();
    const [user] = await app.sql<{ customer: string }>(
      `SELECT stripe_customer_id AS customer FROM users WHERE id = $1`,
      [student.id],
    );
    const customer = String(user?.customer);
    await sandbox.faults({ drop: 1 });
    const method = await app.stripe.paymentMethods.attach('pm_card_visa', { customer });
    await app.stripe.subscriptions.create({
      customer,
      items: [{ price: 'price_premium_monthly' }],
      default_payment_method: method.id,
    });
    expect(await student.isPremium()).toBe(false);

    await anIntervalPasses();

    await premiumBecomes(student, true);
    expect((await student.get('/chapters/chapter-4')).status).toBe(200);
  });

  it('opens access after a checkout of which nothing was delivered', async () => {
    await sandbox.faults({ drop: 1 });
    const student = await buy('monthly');
    await anIntervalPasses();

    await premiumBecomes(student, true);
  });

  it('revokes after a refund of which nothing was delivered, although refunds name no customer', async () => {
    const student = await buyAndWait('monthly');
    const id = String((await student.status()).body['subscription_id']);
    const { latest_invoice: invoice } = await app.stripe.subscriptions.retrieve(id);
    const { data } = await app.stripe.invoicePayments.list({ invoice: String(invoice), status: 'paid' });
    await sandbox.faults({ drop: 1 });
    await app.stripe.refunds.create({ payment_intent: String(data[0]?.payment.payment_intent) });

    await anIntervalPasses();

    await premiumBecomes(student, false);
  });

  it('reads everything that was missed while no worker ran, also over several days', async () => {
    const student = await buyAndWait('yearly');
    const id = String((await student.status()).body['subscription_id']);
    await app.stopWorker();
    await sandbox.faults({ drop: 1 });
    await app.stripe.subscriptions.cancel(id);
    await sandbox.advanceDays(6);
    await app.startWorker();

    await premiumBecomes(student, false);
  });

  it('catches up after Stripe refused to list events', async () => {
    const student = await buyAndWait('monthly');
    const id = String((await student.status()).body['subscription_id']);
    await sandbox.faults({ drop: 1, api: { match: '/v1/events', status: 500 } });
    await app.stripe.subscriptions.cancel(id);
    await anIntervalPasses();
    await anIntervalPasses();
    expect(await student.isPremium()).toBe(true);
    await sandbox.faults({ api: null });

    await premiumBecomes(student, false);
  });

  it('stores each event once while two workers poll', async () => {
    const student = await buyAndWait('monthly');
    await sandbox.faults({ drop: 1 });
    const id = String((await student.status()).body['subscription_id']);
    await app.stripe.subscriptions.cancel(id);
    const first = app.worker;
    await app.startWorker();
    await anIntervalPasses();
    await premiumBecomes(student, false);
    await first?.close();

    const polled = await app.sql<{ events: number; different: number }>(
      `SELECT count(*)::int AS events, count(DISTINCT event_id)::int AS different
       FROM webhook_events WHERE request_id = 'events-poller'`,
    );
    expect(polled[0]?.events).toBe(polled[0]?.different);
  });

  it('stores what it finds as the events that Stripe sent, and counts them', async () => {
    const [event] = await app.sql<{ payload: string; status: string }>(
      `SELECT payload, status FROM webhook_events WHERE request_id = 'events-poller' AND type = 'customer.subscription.deleted' LIMIT 1`,
    );
    const [cursors] = await app.sql<{ groups: number; missed: number }>(
      `SELECT count(*)::int AS groups, sum(missed_events)::int AS missed FROM event_cursors`,
    );

    expect(JSON.parse(event?.payload ?? '{}')).toMatchObject({ object: 'event', data: { object: {} } });
    expect(event?.status).toBe('processed');
    expect(cursors?.groups).toBeGreaterThan(1);
    expect(cursors?.missed).toBeGreaterThan(0);
  });
});

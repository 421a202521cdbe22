import { randomUUID } from 'node:crypto';
import { BillingReminders } from '../../src/modules/payments/emails/billing-reminders';
import { TestApp } from '../support/app';
import { eventsOf, SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';
import { deliver } from '../support/webhook';

/** A student who has a subscription, or had one. */
interface Customer {
  readonly student: Student;
  readonly customerId: string;
  readonly subscriptionId: string;
}

interface Row {
  /** The first part of the outbox key. */
  readonly kind: string;
  readonly subject: string;
  /** What the student reads in it. */
  readonly says: RegExp;
  readonly cause: () => Promise<Customer>;
}

const DAY = 86_400;

/** Each email about money: what causes it, and that it is sent once also when events are doubled and reordered. */
describe('emails about money', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeEach(async () => {
    // Shorter than Stripe retries, so that access ends before the subscription does.
    app = await TestApp.start({ env: { PAST_DUE_GRACE_DAYS: '3' } });
    sandbox = new SandboxControl(app.sandbox.url);
    await sandbox.faults({ duplicate: 1, reorder: 1 });
  });
  afterEach(() => app.stop());

  const access = (student: Student, expected: object) =>
    eventually(async () => expect((await student.status()).body).toMatchObject(expected), {
      timeoutMs: 15_000,
    });

  async function buy(body: unknown = {}): Promise<Customer> {
    const student = await app.student();
    const { sessionId } = await student.checkout(body);
    await pay(app.stripe, sessionId);
    await access(student, { is_premium: true });
    const session = await app.stripe.checkout.sessions.retrieve(sessionId);
    return { student, customerId: String(session.customer), subscriptionId: String(session.subscription) };
  }

  /** A trial as the dashboard makes one: our customer, our price. */
  async function tryOut(): Promise<Customer> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    const { customer } = await app.stripe.checkout.sessions.retrieve(sessionId);
    const customerId = String(customer);
    const method = await app.stripe.paymentMethods.attach('pm_card_visa', { customer: customerId });
    const prices = await app.stripe.prices.list();
    const price = prices.data.find(({ recurring }) => recurring?.interval === 'month');
    const { id } = await app.stripe.subscriptions.create({
      customer: customerId,
      items: [{ price: String(price?.id) }],
      default_payment_method: method.id,
      trial_period_days: 14,
    });
    await access(student, { state: 'trialing' });
    return { student, customerId, subscriptionId: id };
  }

  async function replaceCard({ customerId, subscriptionId }: Customer, card: string): Promise<void> {
    const method = await app.stripe.paymentMethods.attach(card, { customer: customerId });
    await app.stripe.subscriptions.update(subscriptionId, { default_payment_method: method.id });
  }

  async function failRenewal(card = 'pm_card_chargeCustomerFail'): Promise<Customer> {
    const customer = await buy();
    await replaceCard(customer, card);
    await sandbox.advanceDays(32);
    await access(customer.student, { state: 'past_due' });
    return customer;
  }

  async function cancel(): Promise<Customer> {
    const customer = await buy();
    await customer.student.post('/payments/cancel-subscription');
    return customer;
  }

  async function refund(amount?: number): Promise<Customer> {
    const customer = await buy();
    const { latest_invoice: invoice } = await app.stripe.subscriptions.retrieve(customer.subscriptionId);
    const { data } = await app.stripe.invoicePayments.list({ invoice: String(invoice), status: 'paid' });
    const paymentIntent = String(data[0]?.payment.payment_intent);
    await app.stripe.refunds.create({ payment_intent: paymentIntent, ...(amount && { amount }) });
    return customer;
  }

  const rows: Row[] = [
    {
      kind: 'receipt',
      subject: 'Your receipt: $9.99',
      says: /Card: Visa ending in 4242/,
      cause: () => buy(),
    },
    {
      kind: 'refund',
      subject: 'Your refund: $9.99',
      says: /premium access .* has ended/,
      cause: () => refund(),
    },
    { kind: 'refund', subject: 'Your refund: $2.00', says: /Refunded: \$2\.00/, cause: () => refund(200) },
    {
      kind: 'payment_failed',
      subject: 'Your payment failed',
      says: /To keep it, pay before that date/,
      cause: failRenewal,
    },
    {
      kind: 'trial_ending',
      subject: 'Your trial ends soon',
      says: /First charge: \$9\.99/,
      cause: async () => {
        const customer = await tryOut();
        await sandbox.advanceDays(12);
        return customer;
      },
    },
    {
      kind: 'renewal_ahead',
      subject: 'Your yearly plan renews soon',
      says: /Next charge: \$\d+\.\d\d/,
      cause: async () => {
        const customer = await buy({ plan: 'yearly' });
        await sandbox.advanceDays(350);
        return customer;
      },
    },
    {
      kind: 'cancellation_confirmed',
      subject: 'Your subscription is canceled',
      says: /does not renew/,
      cause: cancel,
    },
    {
      kind: 'access_ended',
      subject: 'Your premium access ended',
      says: /Your subscription to Course Companion Premium has ended/,
      cause: async () => {
        const customer = await cancel();
        await sandbox.advanceDays(32);
        return customer;
      },
    },
    {
      kind: 'access_ended',
      subject: 'Your premium access ended',
      says: /last payment for Course Companion Premium failed/,
      cause: async () => {
        // Grace ends by the clock alone: nothing announces it.
        const customer = await failRenewal();
        await sandbox.faults({ drop: 1 });
        const { access_until: end } = (await customer.student.status()).body;
        const now = await sandbox.now();
        await sandbox.advanceDays((Date.parse(String(end)) - now.getTime()) / 86_400_000 + 0.1);
        await sandbox.faults({ drop: 0 });
        return customer;
      },
    },
  ];

  it.each(rows)('sends "$subject" ($kind, $says) exactly once', async ({ kind, subject, says, cause }) => {
    const customer = await cause();
    const email = await eventually(
      async () => {
        await lookTwice();
        const found = (await app.mails.list(customer.student.email)).find((mail) => mail.subject === subject);
        if (found === undefined) throw new Error(`no email "${subject}"`);
        return found;
      },
      { timeoutMs: 30_000, intervalMs: 250 },
    );

    await replayBackwards(customer);
    await lookTwice();
    await settled();

    const sent = (await app.mails.list(customer.student.email)).filter((mail) => mail.subject === subject);
    expect(sent).toHaveLength(1);
    expect(await keys(kind)).toHaveLength(1);
    expect(email.text).toMatch(says);
    expect(email.html).toContain(`${app.apiUrl}/account`);
  });

  it('confirms every cancellation, and announces no end to a student who resumed', async () => {
    const { student } = await cancel();
    await app.mails.waitFor(student.email, 'subscription is canceled');
    await student.post('/payments/resume-subscription');
    await access(student, { state: 'active' });
    await student.post('/payments/cancel-subscription');
    await app.mails.waitFor(student.email, 'subscription is canceled', 2);
    await student.post('/payments/resume-subscription');
    await access(student, { state: 'active' });

    await sandbox.advanceDays(32);
    await lookTwice();
    await settled();

    expect(await keys('access_ended')).toEqual([]);
  });

  it('checks again before it announces: a trial that was canceled while events were lost is not announced', async () => {
    const { student, subscriptionId } = await tryOut();
    await sandbox.faults({ drop: 1 });
    await app.stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true });
    await sandbox.advanceDays(12);
    await sandbox.faults({ drop: 0 });

    await eventually(
      async () => {
        await lookTwice();
        expect((await app.mails.list(student.email)).map(({ subject }) => subject)).toContain(
          'Your subscription is canceled',
        );
      },
      { timeoutMs: 20_000, intervalMs: 250 },
    );

    expect(await keys('trial_ending')).toEqual([]);
  });

  /** As two workers would, at the same moment. */
  async function lookTwice(): Promise<void> {
    const reminders = app.worker?.get(BillingReminders);
    await Promise.all([reminders?.look(), reminders?.look()]);
  }

  /** Everything that Stripe announced, once more under new ids, the newest first. */
  async function replayBackwards({ customerId }: Customer): Promise<void> {
    const events = (await eventsOf(app.stripe, customerId)).reverse();
    const now = Math.floor(Date.now() / 1000);
    for (const event of events.filter(({ created }) => created > now - 2 * 366 * DAY)) {
      await deliver(app.apiUrl, JSON.stringify({ ...event, id: `evt_${randomUUID().replaceAll('-', '')}` }));
    }
  }

  const settled = () =>
    eventually(
      async () => {
        const [row] = await app.sql<{ open: number }>(
          `SELECT (SELECT count(*) FROM webhook_events WHERE status = 'pending')
                + (SELECT count(*) FROM outbox WHERE status = 'pending')
                + (SELECT count(*) FROM subjects WHERE sync_requested > sync_served) AS open`,
        );
        expect(Number(row?.open)).toBe(0);
      },
      { timeoutMs: 30_000 },
    );

  const keys = async (kind: string) =>
    (await app.sql<{ key: string }>('SELECT key FROM outbox WHERE key LIKE $1', [`${kind}:%`])).map(
      ({ key }) => key,
    );
});

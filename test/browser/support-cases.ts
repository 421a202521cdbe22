import type { TestApp } from '../support/app';
import { Operator } from '../support/operator';
import { becomePremium, buy } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import type { Student } from '../support/student';
import { eventually } from '../support/wait';

/** An email to support: what it tells an operator to search for, and what is really the matter. */
export interface SupportCase {
  readonly mail: string;
  readonly search: string;
  /** The finding that names the cause. */
  readonly cause: string;
}

/** Grace of the application under test, in days. Short, so that one clock has a case within it and one behind it. */
export const GRACE_DAYS = 7;

/**
 * Makes cases with a known cause by what Stripe and people do, on one business clock: what needs 40 days first, what needs
 * 32 after eight days, and what needs none at the end. Renewals come after 28 to 31 days.
 */
export class SupportCases {
  private readonly control: SandboxControl;
  private readonly cases: SupportCase[] = [];

  constructor(private readonly app: TestApp) {
    this.control = new SandboxControl(app.sandbox.url);
  }

  async make(): Promise<readonly SupportCase[]> {
    await this.graceOver();
    await this.canceled();
    await this.grantExpired();
    await this.control.advanceDays(8);
    await this.cardFailed();
    await this.control.advanceDays(32);
    await this.untilSettled();
    await this.refunded();
    await this.disputed();
    await this.chargedTwice();
    await this.paidWithAnotherAccount();
    await this.unmatched();
    // The last one: it breaks the connection to Stripe for everybody.
    await this.eventDead();
    return this.cases;
  }

  private add(mail: string, search: string, cause: string): void {
    this.cases.push({ mail, search, cause });
  }

  private async graceOver(): Promise<void> {
    const { student, subscriptionId } = await becomePremium(this.app);
    await this.breakCard(subscriptionId);
    this.add('I pay every month, and now everything is locked', student.email, 'grace_over');
  }

  private async cardFailed(): Promise<void> {
    const { student, subscriptionId } = await becomePremium(this.app);
    await this.breakCard(subscriptionId);
    this.add('You say that my card failed. Do I lose access?', student.email, 'payment_failed_grace');
  }

  private async canceled(): Promise<void> {
    const { student } = await becomePremium(this.app);
    await student.post('/payments/cancel-subscription');
    this.add('Why is chapter 4 locked again?', student.email, 'canceled');
  }

  private async grantExpired(): Promise<void> {
    const student = await this.app.student();
    const operator = await Operator.signIn(this.app);
    const ends_at = new Date(Date.now() + 5 * 86_400_000).toISOString();
    await operator.post(`/users/${student.id}/grants`, { reason: 'a prize', ends_at });
    this.add('I won premium, and it is gone', student.email, 'grant_expired');
  }

  private async refunded(): Promise<void> {
    const { student, invoiceId } = await becomePremium(this.app);
    const { data } = await this.app.stripe.invoicePayments.list({ invoice: invoiceId });
    await this.app.stripe.refunds.create({ payment_intent: String(data[0]?.payment.payment_intent) });
    await this.untilFree(student);
    this.add('I have no access, although I have a receipt', student.email, 'refunded');
  }

  private async disputed(): Promise<void> {
    const { student } = await buy(this.app, { card: 'tok_createDispute' });
    await eventually(
      async () => {
        const rows = await this.app.sql('SELECT 1 FROM disputes WHERE user_id = $1', [student.id]);
        expect(rows).toHaveLength(1);
      },
      { timeoutMs: 15_000 },
    );
    this.add('My bank gave me the money back. Why is it locked?', student.email, 'disputed');
  }

  private async chargedTwice(): Promise<void> {
    const { student, customerId } = await becomePremium(this.app);
    const method = await this.app.stripe.paymentMethods.attach('pm_card_visa', { customer: customerId });
    await this.app.stripe.subscriptions.create({
      customer: customerId,
      default_payment_method: method.id,
      items: [{ price: 'price_premium_monthly' }],
    });
    await eventually(
      async () => {
        const rows = await this.app.sql('SELECT 1 FROM subscriptions WHERE user_id = $1', [student.id]);
        expect(rows).toHaveLength(2);
      },
      { timeoutMs: 15_000 },
    );
    this.add('I was charged twice this month', student.email, 'two_subscriptions');
  }

  private async paidWithAnotherAccount(): Promise<void> {
    // Everybody who registers in tests has the same name.
    await this.app.sql(`UPDATE users SET full_name = split_part(email, '@', 1)`);
    const { student: paying } = await becomePremium(this.app);
    const asking = await this.app.student();
    await this.app.sql(`UPDATE users SET full_name = 'Grace Hopper' WHERE id = ANY($1)`, [
      [paying.id, asking.id],
    ]);
    this.add('I paid, but nothing opens', asking.email, 'pays_elsewhere');
  }

  private async unmatched(): Promise<void> {
    const customer = await this.app.stripe.customers.create({ email: 'elsewhere@example.test' });
    const method = await this.app.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await this.app.stripe.subscriptions.create({
      customer: customer.id,
      default_payment_method: method.id,
      items: [{ price: 'price_premium_monthly' }],
    });
    this.add('My receipt says that I paid', customer.id, 'unmatched_customer');
  }

  private async eventDead(): Promise<void> {
    await this.control.pauseDeliveries();
    const { student, customerId } = await buy(this.app);
    await this.control.faults({ api: { status: 400, match: 'GET /v1/', times: 1000 } });
    await this.control.resumeDeliveries();
    await eventually(
      async () => {
        const rows = await this.app.sql(
          `SELECT 1 FROM webhook_events WHERE subject_id = $1 AND status = 'dead'`,
          [customerId],
        );
        expect(rows.length).toBeGreaterThan(0);
      },
      { timeoutMs: 20_000 },
    );
    await this.control.faults({ api: null });
    this.add('I paid ten minutes ago and have no access', student.email, 'event_dead');
  }

  /** From now on every charge of the subscription fails. */
  private async breakCard(subscriptionId: string): Promise<void> {
    const { customer } = await this.app.stripe.subscriptions.retrieve(subscriptionId);
    const method = await this.app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: String(customer),
    });
    await this.app.stripe.subscriptions.update(subscriptionId, { default_payment_method: method.id });
  }

  private untilFree(student: Student): Promise<void> {
    return eventually(async () => expect(await student.isPremium()).toBe(false), { timeoutMs: 15_000 });
  }

  private untilSettled(): Promise<void> {
    return eventually(
      async () => {
        const open = await this.app.sql(`SELECT 1 FROM webhook_events WHERE status = 'pending' LIMIT 1`);
        expect(open).toEqual([]);
      },
      { timeoutMs: 30_000 },
    );
  }
}

import { TestApp } from '../support/app';
import { SandboxControl } from '../support/sandbox-control';
import type { Student } from '../support/student';
import { eventually } from '../support/wait';
import { becomePremium } from '../support/purchase';

/** Business time follows the sandbox: a month passes in an instant. */
describe('renewals on moved time', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeEach(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => app.stop());

  const statusBecomes = (student: Student, expected: object) =>
    eventually(async () => expect((await student.status()).body).toMatchObject(expected), {
      timeoutMs: 10_000,
    });

  it('renews a year of months without a gap', async () => {
    const { student } = await becomePremium(app);
    const first = Date.parse(String((await student.status()).body['current_period_end']));
    for (let month = 0; month < 12; month++) await sandbox.advanceDays(30.5);

    await eventually(
      async () => {
        const { body } = await student.status();
        expect(body).toMatchObject({ is_premium: true, state: 'active', reason: 'paid' });
        expect(Date.parse(String(body['current_period_end'])) - first).toBeGreaterThan(330 * 86_400_000);
      },
      { timeoutMs: 20_000 },
    );
  });

  it('keeps access in grace after a failed renewal and takes it at its end', async () => {
    const { student } = await becomePremium(app);
    const id = String((await student.status()).body['subscription_id']);
    const subscription = await app.stripe.subscriptions.retrieve(id);
    const method = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: String(subscription.customer),
    });
    await app.stripe.subscriptions.update(id, { default_payment_method: method.id });
    await sandbox.advanceDays(32);

    await statusBecomes(student, {
      is_premium: true,
      state: 'past_due',
      next_action: 'update_payment_method',
    });
    expect((await student.get('/chapters/chapter-4')).status).toBe(200);

    await sandbox.advanceDays(20);
    await statusBecomes(student, { is_premium: false });
    expect((await student.get('/chapters/chapter-4')).body).toMatchObject({ code: 'premium_required' });
  });

  it('ends a cancelled subscription with its period', async () => {
    const { student } = await becomePremium(app);
    await student.post('/payments/cancel-subscription');
    await sandbox.advanceDays(20);
    await statusBecomes(student, { is_premium: true, state: 'canceling' });

    await sandbox.advanceDays(15);

    await statusBecomes(student, { is_premium: false, state: 'expired', reason: 'canceled' });
  });

  it('neither keeps nor removes access forever when webhooks stop', async () => {
    const { student } = await becomePremium(app);
    await sandbox.faults({ drop: 1 });
    await app.stopWorker();
    await sandbox.advanceDays(32);
    await statusBecomes(student, { is_premium: true, reason: 'renewal_in_progress' });

    await sandbox.advanceDays(5);
    await statusBecomes(student, { is_premium: false, reason: 'renewal_overdue' });

    // The reads above have asked for a sync; the worker that comes back finds that the renewal was paid.
    await app.startWorker();
    await statusBecomes(student, { is_premium: true, reason: 'paid' });
  });
});

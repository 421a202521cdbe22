import { TestApp } from '../support/app';
import { buy, type Purchase } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { eventually } from '../support/wait';

/** A dispute has to stop the renewal, and Stripe refuses it: a schedule that is not ours manages the subscription. */
describe('a renewal that Stripe refuses to stop', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterAll(() => app.stop());

  async function disputedUnderSchedule(): Promise<Purchase & { scheduleId: string }> {
    await sandbox.pauseDeliveries();
    const purchase = await buy(app, { card: 'tok_createDispute' });
    const { id: scheduleId } = await app.stripe.subscriptionSchedules.create({
      from_subscription: purchase.subscriptionId,
    });
    await sandbox.resumeDeliveries();
    return { ...purchase, scheduleId };
  }
  const attemptsOf = ({ student }: Purchase) =>
    app.sql<{ status: string; at: number }>(
      `SELECT status, extract(epoch FROM created_at)::float8 AS at FROM stripe_operations
       WHERE user_id = $1 AND kind = 'stop_renewal' ORDER BY created_at`,
      [student.id],
    );
  const tasks = () =>
    app.sql<{ fact: string; details: object; resolved_by: string | null }>(
      `SELECT fact, details, resolved_by FROM operator_tasks WHERE kind = 'renewal_not_changed'`,
    );
  const subjectOf = async ({ customerId }: Purchase) => {
    const [row] = await app.sql<{ open: number; wait: number }>(
      `SELECT (sync_requested - sync_served)::float8 AS open, extract(epoch FROM next_sync_at - now())::float8 AS wait
       FROM subjects WHERE id = $1`,
      [customerId],
    );
    return row ?? { open: 0, wait: 0 };
  };
  const syncNow = ({ customerId }: Purchase) =>
    app.sql(`UPDATE subjects SET sync_requested = sync_requested + 1, next_sync_at = now() WHERE id = $1`, [
      customerId,
    ]);

  it('is tried after longer and longer pauses, told to an operator once, and stopped when Stripe accepts it', async () => {
    const purchase = await disputedUnderSchedule();
    await eventually(async () => expect(await tasks()).toHaveLength(1), { timeoutMs: 40_000 });

    const attempts = await attemptsOf(purchase);
    expect(attempts.map(({ status }) => status)).toEqual(Array(5).fill('failed'));
    const pauses = attempts.slice(1).map(({ at }, index) => at - (attempts[index]?.at ?? 0));
    expect(pauses[2]).toBeGreaterThanOrEqual(2);
    expect(pauses[3]).toBeGreaterThanOrEqual(4);
    expect(await tasks()).toMatchObject([
      { fact: purchase.subscriptionId, details: { step: 'end_at_period_end' }, resolved_by: null },
    ]);
    // The next attempt is far away, and a sync for another reason neither hurries it nor fails.
    await eventually(async () => expect((await subjectOf(purchase)).wait).toBeGreaterThan(4));
    await syncNow(purchase);
    await eventually(async () => expect((await subjectOf(purchase)).wait).toBeGreaterThan(1));
    expect(await attemptsOf(purchase)).toHaveLength(5);
    expect((await purchase.student.status()).body).toMatchObject({ is_premium: false, reason: 'disputed' });

    await app.stripe.subscriptionSchedules.release(purchase.scheduleId);
    await app.sql(`UPDATE stripe_operations SET finished_at = finished_at - interval '1 hour'`);
    await syncNow(purchase);
    await eventually(
      async () => {
        const { cancel_at_period_end: ends } = await app.stripe.subscriptions.retrieve(
          purchase.subscriptionId,
        );
        expect(ends).toBe(true);
        expect(await tasks()).toMatchObject([{ resolved_by: 'system' }]);
      },
      { timeoutMs: 15_000 },
    );
    expect((await attemptsOf(purchase)).at(-1)).toMatchObject({ status: 'succeeded' });
  });
});

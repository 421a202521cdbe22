import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DIST } from '../../local/paths';
import { HANDLED_EVENT_TYPES, SweepService, type SweepReport } from '../../src/modules/payments';
import { TestApp } from '../support/app';
import { testEnv } from '../support/config';
import { eventsOf, SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

const run = promisify(execFile);

/** The sweep finds what no event announced, and repairs it through the sync. */
describe('reconciliation', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  beforeEach(() => sandbox.faults({ drop: 0, api: null }));
  afterAll(() => app.stop());

  const service = () => {
    if (app.worker === undefined) throw new Error('no worker');
    return app.worker.get(SweepService, { strict: false });
  };
  async function sweep(dryRun: boolean): Promise<SweepReport> {
    const report = await service().run({ dryRun });
    if (report === 'busy') throw new Error('busy');
    return report;
  }
  const kindsOf = ({ drift }: SweepReport, customerId: string) =>
    drift.filter((found) => found.customerId === customerId).map(({ kind }) => kind);

  async function customerOf(student: Student): Promise<string> {
    const [row] = await app.sql<{ id: string }>(`SELECT stripe_customer_id AS id FROM users WHERE id = $1`, [
      student.id,
    ]);
    return String(row?.id);
  }

  async function buy(): Promise<{ student: Student; customer: string; subscription: string }> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 15_000 });
    const subscription = String((await student.status()).body['subscription_id']);
    const customer = await customerOf(student);
    await everythingArrived(customer);
    return { student, customer, subscription };
  }

  /** A late event of the purchase would sync what a test changes next. */
  async function everythingArrived(customer: string): Promise<void> {
    const handled: readonly string[] = HANDLED_EVENT_TYPES;
    const events = (await eventsOf(app.stripe, customer)).filter(({ type }) => handled.includes(type));
    const done = () =>
      app.sql(`SELECT id FROM webhook_events WHERE event_id = ANY($1) AND status <> 'pending'`, [
        events.map(({ id }) => id),
      ]);
    await eventually(async () => expect(await done()).toHaveLength(events.length), { timeoutMs: 15_000 });
  }

  async function subscribeInDashboard(customer: string): Promise<string> {
    const method = await app.stripe.paymentMethods.attach('pm_card_visa', { customer });
    const { id } = await app.stripe.subscriptions.create({
      customer,
      items: [{ price: 'price_premium_monthly' }],
      default_payment_method: method.id,
    });
    return id;
  }

  async function reconcile(...args: string[]): Promise<{ code: number; output: string }> {
    const env = testEnv({
      databaseUrl: app.database.url,
      publicUrl: app.apiUrl,
      env: { STRIPE_API_BASE: app.sandbox.url },
    });
    return run(process.execPath, [join(DIST, 'src/cli/reconcile.js'), ...args], { env }).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, output: stdout }),
    );
  }

  it('finds nothing while everything agrees', async () => {
    await buy();

    expect(await sweep(true)).toMatchObject({ drift: [], open: 0, outcome: 'done' });
  });

  it('reports a missing subscription in a dry run, repairs it otherwise, and resolves the finding', async () => {
    const student = await app.student();
    await student.checkout();
    const customer = await customerOf(student);
    await sandbox.faults({ drop: 1 });
    await subscribeInDashboard(customer);

    expect(kindsOf(await sweep(true), customer)).toEqual(['missing_here']);
    // A request would read outdated facts, and so request a sync itself.
    expect(await app.sql(`SELECT id FROM subscriptions WHERE customer_id = $1`, [customer])).toEqual([]);

    expect(await sweep(false)).toMatchObject({ repairs: 1, open: 0 });
    expect(await student.isPremium()).toBe(true);
    expect(await sweep(true)).toMatchObject({ drift: [] });
  });

  it.each([
    [
      'status',
      (id: string) => app.stripe.subscriptions.cancel(id),
      (student: Student) => student.isPremium().then((premium) => !premium),
    ],
    [
      'cancel',
      (id: string) => app.stripe.subscriptions.update(id, { cancel_at_period_end: true }),
      (student: Student) => student.status().then(({ body }) => body['state'] === 'canceling'),
    ],
    [
      'period',
      (id: string) =>
        app.sql(`UPDATE subscriptions SET current_period_end = now() + interval '1 day' WHERE id = $1`, [id]),
      (student: Student) => student.isPremium(),
    ],
  ] as const)('finds and repairs another %s', async (kind, change, isRight) => {
    const { student, customer, subscription } = await buy();
    await sandbox.faults({ drop: 1 });
    await change(subscription);

    expect(kindsOf(await sweep(false), customer)).toEqual([kind]);
    expect(await isRight(student)).toBe(true);
    expect(await sweep(true)).toMatchObject({ drift: [] });
  });

  it('reports two live subscriptions of one user and leaves them to a person', async () => {
    const { customer, subscription } = await buy();
    const second = await subscribeInDashboard(customer);
    const report = await sweep(false);

    expect(report.drift.filter(({ kind }) => kind === 'double')).toEqual([
      expect.objectContaining({ customerId: customer, there: [subscription, second].sort().join(' ') }),
    ]);
    expect(report.open).toBeGreaterThan(0);
    await app.stripe.subscriptions.cancel(second);
    await eventually(async () => expect((await sweep(true)).drift).toEqual([]), { timeoutMs: 15_000 });
  });

  it('reports a subscription and a customer that Stripe does not know, and ends no access because of it', async () => {
    const { student, customer, subscription } = await buy();
    await app.sql(`UPDATE subscriptions SET id = 'sub_unknown' WHERE id = $1`, [subscription]);
    await app.sql(
      `UPDATE users SET stripe_customer_id = 'cus_unknown', updated_at = now() - interval '1 hour' WHERE id = $1`,
      [student.id],
    );
    const { drift } = await sweep(true);

    expect(drift.map(({ kind, subscriptionId }) => [kind, subscriptionId])).toEqual(
      expect.arrayContaining([
        ['missing_there', 'sub_unknown'],
        ['customer', null],
      ]),
    );
    expect(await student.isPremium()).toBe(true);
    await app.sql(`UPDATE users SET stripe_customer_id = $2 WHERE id = $1`, [student.id, customer]);
    await app.sql(`UPDATE subscriptions SET id = $1 WHERE id = 'sub_unknown'`, [subscription]);
  });

  it('runs once at a time', async () => {
    await sandbox.faults({ api: { match: '/v1/customers', slow_ms: 500 } });
    const both = await Promise.all([service().run({ dryRun: true }), service().run({ dryRun: true })]);

    expect(both.filter((report) => report === 'busy')).toHaveLength(1);
  });

  it('reports and repairs nothing when Stripe fails half-way, and keeps earlier findings', async () => {
    await sandbox.faults({ drop: 1, api: { match: '/v1/customers', status: 500 } });
    const { code, output } = await reconcile();

    expect([code, output]).toEqual([2, expect.stringContaining('The sweep failed')]);
    const [row] = await app.sql<{ outcome: string; found: number }>(
      `SELECT outcome, found FROM sweeps ORDER BY id DESC LIMIT 1`,
    );
    expect(row).toEqual({ outcome: 'failed', found: 0 });
  });

  it('exits with 0, or with 1 and the differences', async () => {
    const { student, subscription } = await buy();
    expect(await reconcile('--dry-run')).toMatchObject({
      code: 0,
      output: expect.stringContaining('agrees') as string,
    });
    await sandbox.faults({ drop: 1 });
    await app.stripe.subscriptions.cancel(subscription);

    const dry = await reconcile('--dry-run');
    expect(dry).toMatchObject({
      code: 1,
      output: expect.stringContaining('Found 1 differences: status 1') as string,
    });
    expect(await student.isPremium()).toBe(true);

    const repaired = await reconcile();
    expect(repaired).toMatchObject({
      code: 0,
      output: expect.stringContaining('Everything agrees now') as string,
    });
    expect(await student.isPremium()).toBe(false);
  });

  it('sweeps by itself once a day', async () => {
    const complete = () =>
      app.sql<{ n: number }>(`SELECT count(*)::int AS n FROM sweeps WHERE outcome = 'done' AND NOT dry_run`);
    const before = (await complete())[0]?.n ?? 0;
    await sandbox.advanceDays(1.01);

    await eventually(async () => expect((await complete())[0]?.n).toBeGreaterThan(before), {
      timeoutMs: 30_000,
    });
  });
});

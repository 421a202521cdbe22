import { TestApp } from '../support/app';
import { call } from '../support/http';
import { SandboxControl } from '../support/sandbox-control';
import { Form } from '../support/form';
import { STUDENT_PASSWORD, type Student } from '../support/student';
import { eventually } from '../support/wait';

/** Stripe writes to the customer's address, so it must be the one that the student uses now. */
describe('name and email address of the customer at Stripe', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null }));
  afterAll(() => app.stop());

  async function customer(): Promise<{ student: Student; id: string }> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    const session = await app.stripe.checkout.sessions.retrieve(sessionId);
    return { student, id: String(session.customer) };
  }

  async function changeEmail(student: Student): Promise<string> {
    const wanted = `new-${student.email}`;
    await student.post('/auth/change-email', { new_email: wanted, password: STUDENT_PASSWORD });
    const { link = '' } = await app.mails.waitFor(wanted, 'Verify your new email address');
    const token = new URL(link).searchParams.get('token');
    const { status } = await call('POST', `${app.apiUrl}/api/v1/auth/verify-email`, { body: { token } });
    expect(status).toBe(200);
    return wanted;
  }

  const emailAtStripe = async (id: string) => {
    const found = await app.stripe.customers.retrieve(id);
    return found.deleted ? undefined : found.email;
  };
  const updates = async ({ id }: Student) =>
    (
      await app.sql<{ status: string }>(
        `SELECT status FROM stripe_operations WHERE user_id = $1 AND kind = 'update_customer' ORDER BY created_at`,
        [id],
      )
    ).map(({ status }) => status);

  it('follow a verified change of the address, once', async () => {
    const { student, id } = await customer();

    const email = await changeEmail(student);

    await eventually(async () => expect(await emailAtStripe(id)).toBe(email), { timeoutMs: 10_000 });
    await eventually(async () => expect(await updates(student)).toEqual(['succeeded']));
    // A later sync finds nothing to send.
    await app.stripe.customers.update(id, { metadata: { touched: 'yes' } });
    await eventually(async () => {
      const rows = await app.sql(
        `SELECT 1 FROM webhook_events WHERE subject_id = $1 AND status = 'pending'`,
        [id],
      );
      expect(rows).toEqual([]);
    });
    expect(await updates(student)).toEqual(['succeeded']);
  });

  it('follow although Stripe was unavailable when the address changed', async () => {
    const { student, id } = await customer();
    await sandbox.faults({ api: { status: 503, match: 'POST /v1/customers' } });

    const email = await changeEmail(student);
    await eventually(async () => expect((await updates(student)).length).toBeGreaterThan(0), {
      timeoutMs: 10_000,
    });
    expect(await emailAtStripe(id)).toBe(student.email);
    await sandbox.faults({ api: null });

    await eventually(async () => expect(await emailAtStripe(id)).toBe(email), { timeoutMs: 30_000 });
  });

  it('do not block the sync when Stripe rejects them', async () => {
    const { student, id } = await customer();
    await sandbox.faults({ api: { status: 400, match: 'POST /v1/customers' } });

    await changeEmail(student);

    await eventually(async () => expect(await updates(student)).toEqual(['failed']), { timeoutMs: 10_000 });
    await eventually(async () => {
      const [row] = await app.sql<{ open: boolean }>(
        `SELECT sync_requested > sync_served AS open FROM subjects WHERE id = $1`,
        [id],
      );
      expect(row?.open).toBe(false);
    });
  });

  it('follow a change of the name', async () => {
    const { student, id } = await customer();
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', {
      email: student.email,
      password: STUDENT_PASSWORD,
      return_to: '/account',
    });

    await browser.post('/account/name', { full_name: 'Grace Hopper' });

    await eventually(
      async () => expect(await app.stripe.customers.retrieve(id)).toMatchObject({ name: 'Grace Hopper' }),
      { timeoutMs: 10_000 },
    );
  });
});

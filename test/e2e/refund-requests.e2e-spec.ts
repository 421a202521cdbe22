import { randomUUID } from 'node:crypto';
import { RefundDecisionsService, type RefundRequest } from '../../src/modules/payments';
import { TestApp } from '../support/app';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

/** A student requests, an operator decides, and only then money moves. */
describe('refund requests', () => {
  let app: TestApp;
  let sandbox: SandboxControl;
  const operatorId = randomUUID();

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null }));
  afterAll(() => app.stop());

  const decisions = () => app.web.get(RefundDecisionsService, { strict: false });
  const decide = (requestId: string, decision: Parameters<RefundDecisionsService['decide']>[0]['decision']) =>
    decisions().decide({ requestId, operatorId, httpRequestId: randomUUID(), decision });
  const approve = (id: string) => decide(id, { kind: 'approve' });
  const ask = (student: Student, body: object = { reason: 'It is not for me.' }) =>
    student.post('/payments/refund-requests', body);
  const listed = async (student: Student) =>
    (await student.get('/payments/refund-requests')).body['refund_requests'] as Record<string, unknown>[];
  const invoicesOf = (student: Student) =>
    app.sql<{ id: string; number: string }>(
      `SELECT id, number FROM invoices WHERE user_id = $1 AND status = 'paid' ORDER BY created_at DESC`,
      [student.id],
    );
  const refundsAtStripe = async (requestId: string) =>
    (await app.stripe.refunds.list({ limit: 100 })).data.filter(
      ({ metadata }) => metadata?.['refund_request_id'] === requestId,
    );

  async function buy(): Promise<Student> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await invoicesOf(student)).toHaveLength(1), { timeoutMs: 10_000 });
    return student;
  }

  async function request(): Promise<{ student: Student; id: string }> {
    const student = await buy();
    return { student, id: String((await ask(student)).body['id']) };
  }

  it('records the newest paid invoice with the amount, and moves no money', async () => {
    const student = await buy();
    const [invoice] = await invoicesOf(student);

    const { status, body } = await ask(student);

    expect([status, body]).toEqual([
      200,
      {
        id: expect.any(String),
        status: 'open',
        invoice: invoice?.id,
        invoice_number: invoice?.number,
        amount_minor: 999,
        currency: 'usd',
        reason: 'It is not for me.',
        created_at: expect.any(String),
      },
    ]);
    expect(await listed(student)).toEqual([body]);
    expect(await refundsAtStripe(String(body['id']))).toEqual([]);
    expect(await student.isPremium()).toBe(true);
  });

  it('accepts the number of the invoice, and only one open request for it', async () => {
    const student = await buy();
    const [invoice] = await invoicesOf(student);
    const body = { invoice: invoice?.number, reason: 'Twice' };

    const answers = await Promise.all([ask(student, body), ask(student, body), ask(student, body)]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'refund_request_open',
    });
  });

  it('answers 404 without a paid invoice, for an unknown one and for one of another student', async () => {
    const [stranger, student] = [await buy(), await buy()];
    const [theirs] = await invoicesOf(stranger);
    const free = await app.student();

    for (const answer of [
      await ask(free),
      await ask(student, { invoice: 'in_unknown', reason: 'x' }),
      await ask(student, { invoice: theirs?.id, reason: 'x' }),
    ]) {
      expect([answer.status, answer.body['code']]).toEqual([404, 'nothing_to_refund']);
    }
  });

  it.each([
    ['no reason', {}],
    ['an empty reason', { reason: '  ' }],
    ['more than 500 characters', { reason: 'x'.repeat(501) }],
    ['an invoice that is no id', { reason: 'x', invoice: 'in_1; DROP TABLE users' }],
  ])('answers 400 for %s', async (_, body) => {
    expect((await ask(await app.student(), body)).body).toMatchObject({ code: 'invalid_request' });
  });

  it('accepts 500 characters of any script, and three requests in 30 days', async () => {
    const student = await buy();
    for (const reason of ['字'.repeat(500), 'two', 'three']) {
      const { status, body } = await ask(student, { reason });
      expect([status, body['reason']]).toEqual([200, reason]);
      await decide(String(body['id']), { kind: 'decline', reason: 'No.' });
    }

    const fourth = await ask(student);

    expect([fourth.status, fourth.body['code']]).toEqual([429, 'too_many_refund_requests']);
    expect(Number(fourth.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('refunds once when approved, ends access and renewal, and reports it by email', async () => {
    const { student, id } = await request();

    const outcomes = await Promise.allSettled([approve(id), approve(id), approve(id)]);

    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await refundsAtStripe(id)).toMatchObject([{ amount: 999, status: 'succeeded' }]);
    expect(await listed(student)).toMatchObject([{ id, status: 'approved', decided_at: expect.any(String) }]);
    await eventually(async () => expect(await student.isPremium()).toBe(false), { timeoutMs: 10_000 });
    await app.mails.waitFor(student.email, 'Your refund: $9.99');
    expect((await ask(student)).body).toMatchObject({ code: 'nothing_to_refund' });
  });

  it('continues an approval whose answer from Stripe was lost, with one refund', async () => {
    const { id } = await request();
    await sandbox.faults({ api: { drop_reply: true, match: 'POST /v1/refunds', times: 4 } });

    await expect(approve(id)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    expect(await decisions().list()).toContainEqual(expect.objectContaining({ id, status: 'approving' }));
    await expect(decide(id, { kind: 'decline', reason: 'Too late.' })).rejects.toMatchObject({
      code: 'refund_request_decided',
    });
    await sandbox.faults({ api: null });
    await approve(id);

    expect(await refundsAtStripe(id)).toHaveLength(1);
  });

  it('opens the request again when Stripe rejects the refund', async () => {
    const { id } = await request();
    await sandbox.faults({ api: { status: 400, match: 'POST /v1/refunds' } });

    await expect(approve(id)).rejects.toMatchObject({ code: 'stripe_rejected' });

    expect(await decisions().list()).toContainEqual(expect.objectContaining({ id, status: 'open' }));
  });

  it('moves no money when declined, tells the student why, and can be requested again', async () => {
    const { student, id } = await request();

    const declined: RefundRequest = await decide(id, { kind: 'decline', reason: 'You finished the course.' });

    expect(declined).toMatchObject({ status: 'declined', declineReason: 'You finished the course.' });
    const email = await app.mails.waitFor(student.email, 'Your refund request was declined');
    expect(email.text).toContain('You finished the course.');
    expect(await refundsAtStripe(id)).toEqual([]);
    await expect(approve(id)).rejects.toMatchObject({ code: 'refund_request_decided' });
    expect((await ask(student)).status).toBe(200);
  });

  it('answers 404 for a decision about an unknown request', async () => {
    await expect(approve(randomUUID())).rejects.toMatchObject({ code: 'refund_request_not_found' });
  });
});

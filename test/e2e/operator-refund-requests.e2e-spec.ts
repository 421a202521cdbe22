import { TestApp } from '../support/app';
import type { Form } from '../support/form';
import { Operator } from '../support/operator';
import { operatorBrowser } from '../support/operator-browser';
import { becomePremium, type Purchase } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { eventually } from '../support/wait';

/** Students ask for money back; operators decide, through the API or on the page. */
describe('refund requests before operators', () => {
  const reason = 'checked the account';
  let app: TestApp;
  let sandbox: SandboxControl;
  let operator: Operator;
  let browser: Form;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
    operator = await Operator.signIn(app);
    ({ browser } = await operatorBrowser(app));
  });
  afterEach(() => sandbox.faults({ api: null }));
  afterAll(() => app.stop());

  async function asked(words = 'It is not for me.'): Promise<Purchase & { requestId: string }> {
    const purchase = await becomePremium(app);
    return eventually(async () => {
      const { status, body } = await purchase.student.post('/payments/refund-requests', { reason: words });
      expect(status).toBe(200);
      return { ...purchase, requestId: String(body['id']) };
    });
  }
  const open = async () =>
    (await operator.get('/refund-requests')).body as unknown as Record<string, unknown>[];
  const decide = (id: string, body: object) =>
    operator.post(`/refund-requests/${id}/decide`, { reason, ...body });
  const auditOf = ({ student }: Purchase) =>
    app.sql<{ action: string; target_id: string; reason: string }>(
      `SELECT action, target_id, reason FROM audit_log WHERE user_id = $1 AND target_kind = 'refund_request'`,
      [student.id],
    );
  const refundedOf = async ({ customerId }: Purchase) =>
    (await app.stripe.charges.list({ customer: customerId })).data.map(({ amount_refunded: sum }) => sum);
  const mails = (email: string, subject: string) => app.mails.waitFor(email, subject);

  it('lists what is open with the student, approves it once, and audits that before money moves', async () => {
    const purchase = await asked();
    const { requestId, student } = purchase;
    expect(await open()).toContainEqual(
      expect.objectContaining({ id: requestId, user_id: student.id, amount_minor: 999, status: 'open' }),
    );

    const [first, second] = await Promise.all([
      decide(requestId, { decision: 'approve' }),
      decide(requestId, { decision: 'approve' }),
    ]);
    const again = await decide(requestId, { decision: 'approve' });

    expect([first, second].filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect([again.status, again.body['code']]).toEqual([409, 'refund_request_decided']);
    expect(await refundedOf(purchase)).toEqual([999]);
    const audited = await auditOf(purchase);
    expect(audited[0]).toEqual({ action: 'approve_refund_request', target_id: requestId, reason });
    await eventually(async () =>
      expect((await student.status()).body).toMatchObject({ is_premium: false, reason: 'refunded' }),
    );
    expect((await open()).map(({ id }) => id)).not.toContain(requestId);
    await mails(student.email, 'Your refund: $9.99');
  });

  it('goes on with an approval whose refund was lost, without a second one', async () => {
    const purchase = await asked();
    await sandbox.faults({ api: { status: 500, match: 'POST /v1/refunds' } });
    const lost = await decide(purchase.requestId, { decision: 'approve' });
    await sandbox.faults({ api: null });

    expect([lost.status, await refundedOf(purchase)]).toEqual([503, [0]]);
    const declined = await decide(purchase.requestId, { decision: 'decline', answer: 'Too late.' });
    expect(declined.body['code']).toBe('refund_request_decided');
    expect((await decide(purchase.requestId, { decision: 'approve' })).body).toMatchObject({
      status: 'approved',
    });
    expect(await refundedOf(purchase)).toEqual([999]);
    expect(await auditOf(purchase)).toHaveLength(1);
  });

  it('declines with an answer for the student, and moves no money', async () => {
    const purchase = await asked();
    const { requestId, student } = purchase;
    const silent = await decide(requestId, { decision: 'decline' });
    expect([silent.status, silent.body['code']]).toEqual([400, 'invalid_request']);

    const { body } = await decide(requestId, { decision: 'decline', answer: 'The course was completed.' });

    expect(body).toMatchObject({ status: 'declined', decline_reason: 'The course was completed.' });
    expect(await refundedOf(purchase)).toEqual([0]);
    expect(await student.isPremium()).toBe(true);
    expect(await auditOf(purchase)).toEqual([
      { action: 'decline_refund_request', target_id: requestId, reason },
    ]);
    const late = await decide(requestId, { decision: 'approve' });
    expect([late.status, late.body['code']]).toEqual([409, 'refund_request_decided']);
    const listed = await operator.get('/refund-requests?status=declined');
    expect(JSON.stringify(listed.body)).toContain(requestId);
  });

  it('answers 404 for an unknown request, and 403 to a student', async () => {
    const unknown = await decide('00000000-0000-4000-8000-000000000000', { decision: 'approve' });
    const { student, requestId } = await asked();
    const own = await student.post(`/operator/refund-requests/${requestId}/decide`, {
      reason,
      decision: 'approve',
    });

    expect([unknown.status, unknown.body['code']]).toEqual([404, 'refund_request_not_found']);
    expect([own.status, own.body['code']]).toEqual([403, 'forbidden']);
  });

  it('on the page: shows the words of the student as text, and decides only what is confirmed', async () => {
    const purchase = await asked('<script>alert(1)</script> & so on');
    const path = `/ops/refund-requests/${purchase.requestId}/decide`;
    const today = await browser.get('/ops');
    const page = await browser.get('/ops/refund-requests');
    const unconfirmed = await browser.post(path, { reason, decision: 'approve' });
    expect(unconfirmed.status).toBe(400);
    expect(await refundedOf(purchase)).toEqual([0]);

    const approved = await browser.post(path, { reason, decision: 'approve', confirm: 'yes' });

    expect(today.body).toContain('/ops/refund-requests');
    expect(page.body).toContain('&lt;script&gt;');
    expect(page.body).toContain(purchase.student.email);
    expect(approved.location).toBe('/ops/refund-requests?done=approved');
    expect((await browser.follow(approved)).body).toContain('The refund was made');
    expect(await refundedOf(purchase)).toEqual([999]);
  });

  it('on the page: declines with an answer', async () => {
    const purchase = await asked();
    const { location } = await browser.post(`/ops/refund-requests/${purchase.requestId}/decide`, {
      reason,
      decision: 'decline',
      answer: 'The course was completed.',
    });

    expect(location).toBe('/ops/refund-requests?done=declined');
    expect(await refundedOf(purchase)).toEqual([0]);
  });
});

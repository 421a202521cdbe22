import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import { call } from '../support/http';
import { Operator } from '../support/operator';
import type { Student } from '../support/student';
import { eventually } from '../support/wait';
import { becomePremium } from '../support/purchase';

describe('finding a user and explaining their access', () => {
  let app: TestApp;
  let operator: Operator;
  let student: Student;
  let email: string;
  let customerId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    operator = await Operator.signIn(app);
    ({ student } = await becomePremium(app));
    const [row] = await app.sql<{ email: string; stripe_customer_id: string }>(
      'SELECT email, stripe_customer_id FROM users WHERE id = $1',
      [student.id],
    );
    email = String(row?.email);
    customerId = String(row?.stripe_customer_id);
  });
  afterAll(() => app.stop());

  const find = async (q: string) => {
    const answer = await operator.get(`/users?q=${encodeURIComponent(q)}`);
    return JSON.parse(answer.text) as Record<string, unknown>[];
  };

  it.each([
    ['email address in another case', () => ` ${email.toUpperCase()} `],
    ['user id', () => student.id],
    ['Stripe customer id', () => customerId],
  ])('finds a user by %s with the access decision', async (_, q) => {
    expect(await find(q())).toEqual([
      {
        id: student.id,
        email,
        full_name: 'Ada Student',
        role: 'student',
        stripe_customer_id: customerId,
        created_at: expect.any(String),
        access: { granted: true, state: 'active', reason: 'paid', until: expect.any(String) },
      },
    ]);
  });

  it('finds a user by a customer that was deleted at Stripe', async () => {
    const { student: other } = await becomePremium(app);
    const [found] = await find(other.id);
    const formerId = String(found?.['stripe_customer_id']);
    await app.stripe.customers.del(formerId);
    await eventually(async () => expect((await find(other.id))[0]).not.toHaveProperty('stripe_customer_id'));

    expect(await find(formerId)).toMatchObject([{ id: other.id, access: { granted: false } }]);
    const { body } = await operator.get(`/users/${other.id}/access`);
    expect(body['facts']).toMatchObject({ customers: [{ id: formerId, current: false }] });
  });

  it.each(['nobody@example.test', randomUUID(), 'cus_unknown'])('finds nobody by %s', async (q) => {
    expect(await find(q)).toEqual([]);
  });

  it.each(['', '?q=', '?q=ad', '?q=a%00@example.test', '?q=cus_1&limit=2'])('refuses %p', async (query) => {
    const answer = await operator.get(`/users${query}`);

    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_request']);
  });

  it('explains access from a subscription with the event that opened it', async () => {
    const { status, body } = await operator.get(`/users/${student.id}/access`);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      user_id: student.id,
      access: { granted: true, state: 'active', reason: 'paid', next_action: 'none', stale: false },
      facts: {
        customers: [{ id: customerId, current: true, sync_failures: 0 }],
        subscriptions: [
          { status: 'active', plan: 'monthly', customer_id: customerId, latest_invoice: { status: 'paid' } },
        ],
        refunds: [],
        disputes: [],
        grants: [],
        latest_checkout: { status: 'complete', payment_status: 'paid' },
      },
      last_transition: { from: expect.any(String), to: 'active', granted: true, reason: 'paid' },
    });
    const { cause } = body['last_transition'] as { cause: { id: string; webhook_event_id: number } };
    const [row] = await app.sql<{ event_id: string }>('SELECT event_id FROM webhook_events WHERE id = $1', [
      cause.webhook_event_id,
    ]);
    expect(cause).toMatchObject({ kind: 'webhook', id: row?.event_id });
  });

  it('shows refunds and disputes behind a denial', async () => {
    const other = await app.student();
    await app.sql(
      `INSERT INTO refunds (id, invoice_id, user_id, status, amount_minor, is_full, created_at)
       VALUES ('re_1', 'in_1', $1, 'succeeded', 1200, true, now())`,
      [other.id],
    );
    await app.sql(
      `INSERT INTO disputes (id, invoice_id, user_id, status, created_at) VALUES ('dp_1', 'in_1', $1, 'open', now())`,
      [other.id],
    );

    expect((await operator.get(`/users/${other.id}/access`)).body['facts']).toMatchObject({
      refunds: [{ id: 're_1', invoice_id: 'in_1', amount: 1200, full: true }],
      disputes: [{ id: 'dp_1', invoice_id: 'in_1', status: 'open' }],
    });
  });

  it('explains a new user', async () => {
    const stranger = await app.student();
    const { body } = await operator.get(`/users/${stranger.id}/access`);

    expect(body).toEqual({
      user_id: stranger.id,
      decided_at: expect.any(String),
      access: {
        granted: false,
        state: 'none',
        reason: 'no_subscription',
        next_action: 'subscribe',
        stale: false,
      },
      facts: {
        customers: [],
        subscriptions: [],
        refunds: [],
        disputes: [],
        grants: [],
        unfinished_events: { pending: 0, dead: 0 },
      },
    });
  });

  it('answers 404 for an unknown user and 400 for a malformed user id', async () => {
    const unknown = await operator.get(`/users/${randomUUID()}/access`);

    expect([unknown.status, unknown.body['code']]).toEqual([404, 'user_not_found']);
    expect((await operator.get('/users/ada/access')).status).toBe(400);
  });

  it.each(['/users?q=a@example.test', `/users/${randomUUID()}/access`])(
    'is closed to students and strangers: %s',
    async (path) => {
      expect((await student.get(`/operator${path}`)).status).toBe(403);
      expect((await call('GET', `${app.apiUrl}/api/v1/operator${path}`)).status).toBe(401);
    },
  );
});

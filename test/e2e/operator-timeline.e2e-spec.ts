import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import { call } from '../support/http';
import { Operator } from '../support/operator';
import type { Student } from '../support/student';
import { eventually } from '../support/wait';
import { becomePremium, buy } from '../support/purchase';

const reason = 'ticket 4711';

interface Entry extends Record<string, unknown> {
  readonly kind: string;
  readonly position: string;
  readonly at: string;
}

describe("a user's timeline", () => {
  let app: TestApp;
  let operator: Operator;
  let student: Student;

  const timeline = async (userId: string, query = 'limit=200'): Promise<Entry[]> =>
    JSON.parse((await operator.get(`/users/${userId}/timeline?${query}`)).text) as Entry[];

  beforeAll(async () => {
    app = await TestApp.start();
    operator = await Operator.signIn(app);
    ({ student } = await becomePremium(app));
    await student.post('/payments/cancel-subscription');
    const { body } = await operator.post(`/users/${student.id}/grants`, { reason });
    await operator.post(`/grants/${(body['grant'] as { id: string }).id}/revoke`, { reason });
    await operator.post(`/users/${student.id}/sync`, { reason });
    // Another user with the same kinds of entries, none of which may appear.
    const { student: other } = await buy(app);
    await operator.post(`/users/${other.id}/grants`, { reason: 'somebody else' });
    await eventually(async () =>
      expect(await app.sql(`SELECT 1 FROM webhook_events WHERE status = 'pending'`)).toEqual([]),
    );
  });
  afterAll(() => app.stop());

  it('contains events, transitions, operations, grants and operator actions', async () => {
    const entries = await timeline(student.id);
    const of = (kind: string) => entries.filter((entry) => entry.kind === kind);

    expect(of('audit').map(({ action }) => action)).toEqual(['sync_user', 'revoke_grant', 'grant_access']);
    expect(of('grant')).toMatchObject([{ reason, granted_by: operator.id }]);
    expect(of('grant_revoked')).toMatchObject([{ id: of('grant')[0]?.['id'] }]);
    expect(of('stripe_operation').map(({ operation, status }) => [operation, status])).toEqual([
      ['cancel_subscription', 'succeeded'],
      ['create_checkout_session', 'succeeded'],
      ['create_customer', 'succeeded'],
    ]);
    expect(of('transition').map(({ to }) => to)).toEqual(expect.arrayContaining(['active', 'canceling']));
    expect(of('webhook_event').map(({ type, status }) => [type, status])).toContainEqual([
      'checkout.session.completed',
      'processed',
    ]);
    expect(entries.filter((entry) => entry['reason'] === 'somebody else')).toEqual([]);
    expect(JSON.stringify(entries)).not.toContain('@');
  });

  it('contains every event of the customer', async () => {
    // One more delivery may arrive between the two reads.
    await eventually(async () => {
      const stored = await app.sql(
        `SELECT 1 FROM webhook_events WHERE subject_id = (SELECT stripe_customer_id FROM users WHERE id = $1)`,
        [student.id],
      );
      const told = (await timeline(student.id)).filter(({ kind }) => kind === 'webhook_event');
      expect(told).toHaveLength(stored.length);
    });
  });

  it('is sorted by time, newest first', async () => {
    const times = (await timeline(student.id)).map(({ at }) => at);

    expect(times).toEqual(times.toSorted().reverse());
  });

  it.each([1, 2, 3, 7])(
    'gives every entry exactly once in pages of %i, also within one moment',
    async (limit) => {
      const all = await timeline(student.id);
      const paged: Entry[] = [];
      for (let before = ''; ;) {
        const page = await timeline(student.id, `limit=${limit}${before}`);
        paged.push(...page);
        if (page.length < limit) break;
        before = `&before=${encodeURIComponent(String(page.at(-1)?.position))}`;
      }

      expect(paged).toEqual(all);
    },
  );

  it('keeps the events of a customer that was deleted at Stripe', async () => {
    const { student: other } = await becomePremium(app);
    const [user] = await app.sql<{ id: string }>('SELECT stripe_customer_id AS id FROM users WHERE id = $1', [
      other.id,
    ]);
    const customerId = String(user?.id);
    await app.stripe.customers.del(customerId);

    await eventually(async () => {
      expect(await other.isPremium()).toBe(false);
      expect(await timeline(other.id)).toContainEqual(
        expect.objectContaining({ kind: 'webhook_event', type: 'customer.deleted', customer_id: customerId }),
      );
    });
  });

  it('is empty for a new user', async () => {
    expect(await timeline((await app.student()).id)).toEqual([]);
  });

  it.each(['limit=0', 'limit=201', 'before=5', 'before=2026-11-24T00:00:00Z', 'kind=audit'])(
    'refuses ?%s',
    async (query) => {
      expect((await operator.get(`/users/${student.id}/timeline?${query}`)).status).toBe(400);
    },
  );

  it('answers 404 for an unknown user and rejects students and callers without a token', async () => {
    const path = `/users/${student.id}/timeline`;

    expect((await operator.get(`/users/${randomUUID()}/timeline`)).body['code']).toBe('user_not_found');
    expect((await student.get(`/operator${path}`)).status).toBe(403);
    expect((await call('GET', `${app.apiUrl}/api/v1/operator${path}`)).status).toBe(401);
  });
});

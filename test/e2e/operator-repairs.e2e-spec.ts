import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import { call } from '../support/http';
import { Operator } from '../support/operator';
import { SandboxControl } from '../support/sandbox-control';
import { eventually } from '../support/wait';
import { buy } from '../support/purchase';

const reason = 'ticket 4711: paid by invoice';

describe('operators repairing access', () => {
  let app: TestApp;
  let sandbox: SandboxControl;
  let operator: Operator;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
    sandbox = new SandboxControl(app.sandbox.url);
    operator = await Operator.signIn(app);
  });
  afterAll(() => app.stop());

  interface AuditRow {
    id: number;
    action: string;
    target_id: string;
    user_id?: string;
    details: Record<string, unknown>;
  }
  const auditOf = async (userId: string): Promise<AuditRow[]> => {
    const { text } = await operator.get('/audit-log?limit=200');
    return (JSON.parse(text) as AuditRow[]).filter(({ user_id: concerned }) => concerned === userId);
  };
  const transitionsOf = (userId: string) =>
    app.sql<{ to_state: string; reason: string; cause_kind: string; cause_id: string }>(
      'SELECT to_state, reason, cause_kind, cause_id FROM entitlement_transitions WHERE user_id = $1 ORDER BY id',
      [userId],
    );
  const grant = (userId: string, body: unknown = { reason }) =>
    operator.post(`/users/${userId}/grants`, body);

  describe('sync', () => {
    it('gives access after a lost webhook and reports the change', async () => {
      const { student } = await buy(app);
      const { status, body } = await operator.post(`/users/${student.id}/sync`, { reason });

      expect(status).toBe(200);
      expect(body).toMatchObject({
        customer_ids: [expect.stringMatching(/^cus_/)],
        before: { granted: false, state: 'pending' },
        after: { granted: true, state: 'active', reason: 'paid' },
      });
      expect((await student.get('/chapters/chapter-4')).status).toBe(200);
      expect(await transitionsOf(student.id)).toMatchObject([
        { to_state: 'active', cause_kind: 'operator', cause_id: operator.id },
      ]);
      expect((await operator.get(`/users/${student.id}/access`)).body['last_transition']).toMatchObject({
        cause: { kind: 'operator', id: operator.id },
      });
      expect(await auditOf(student.id)).toMatchObject([
        {
          action: 'sync_user',
          target_id: student.id,
          reason,
          details: { customer_ids: body['customer_ids'] },
        },
      ]);
    });

    it('changes and records nothing while Stripe is unavailable', async () => {
      const { student } = await buy(app);
      await sandbox.faults({ api: { status: 500, match: 'GET /v1/subscriptions' } });
      const answer = await operator.post(`/users/${student.id}/sync`, { reason });
      await sandbox.faults({ api: null });

      expect([answer.status, answer.body['code']]).toEqual([503, 'stripe_unavailable']);
      expect(answer.headers.get('retry-after')).not.toBeNull();
      expect(await auditOf(student.id)).toEqual([]);
      expect(await transitionsOf(student.id)).toEqual([]);
    });

    it('answers 409 for a user who never paid', async () => {
      const student = await app.student();
      const answer = await operator.post(`/users/${student.id}/sync`, { reason });

      expect([answer.status, answer.body['code']]).toEqual([409, 'nothing_to_sync']);
      expect(await auditOf(student.id)).toEqual([]);
    });
  });

  describe('grants', () => {
    it('open chapter 4 at once, and close it at once when revoked', async () => {
      const student = await app.student();
      expect((await student.get('/chapters/chapter-4')).status).toBe(403);

      const given = await grant(student.id);
      expect(given.status).toBe(200);
      expect(given.body).toMatchObject({
        grant: { reason, granted_by: operator.id },
        access: { granted: true, state: 'active', reason: 'complimentary' },
      });
      expect(given.body['grant']).not.toHaveProperty('ends_at');
      expect((await student.get('/chapters/chapter-4')).status).toBe(200);

      const { id } = given.body['grant'] as { id: string };
      const revoked = await operator.post(`/grants/${id}/revoke`, { reason: 'given by mistake' });
      expect(revoked.body).toMatchObject({
        grant: { id, revoked_at: expect.any(String) },
        access: { granted: false },
      });
      expect((await student.get('/chapters/chapter-4')).status).toBe(403);

      const again = await operator.post(`/grants/${id}/revoke`, { reason: 'once more' });
      expect(again.body).toEqual(revoked.body);
      expect(await transitionsOf(student.id)).toEqual([
        { to_state: 'active', reason: 'complimentary', cause_kind: 'operator', cause_id: operator.id },
        { to_state: 'none', reason: 'no_subscription', cause_kind: 'operator', cause_id: operator.id },
      ]);
      expect(await auditOf(student.id)).toMatchObject([
        { action: 'revoke_grant', target_id: id, reason: 'given by mistake' },
        { action: 'grant_access', target_id: student.id, reason, details: { grant_id: id } },
      ]);
    });

    it('end by themselves in business time', async () => {
      const student = await app.student();
      const inThreeDays = new Date(Date.now() + 3 * 86_400_000).toISOString();
      const { body } = await grant(student.id, { reason, ends_at: inThreeDays });

      expect(body).toMatchObject({ grant: { ends_at: inThreeDays }, access: { until: inThreeDays } });
      expect(await auditOf(student.id)).toMatchObject([{ details: { ends_at: inThreeDays } }]);
      await sandbox.advanceDays(4);
      // The backend reads the clock of the sandbox once per second.
      await eventually(async () => expect((await student.get('/chapters/chapter-4')).status).toBe(403));
    });

    it('are revoked once when two requests arrive at the same moment', async () => {
      const student = await app.student();
      const { id } = (await grant(student.id)).body['grant'] as { id: string };
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => operator.post(`/grants/${id}/revoke`, { reason })),
      );

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect((await auditOf(student.id)).map(({ action }) => action)).toEqual([
        'revoke_grant',
        'grant_access',
      ]);
      expect(await transitionsOf(student.id)).toHaveLength(2);
    });

    it('change the state once when two are created at the same moment', async () => {
      const student = await app.student();
      await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => grant(student.id)));

      expect(await auditOf(student.id)).toHaveLength(8);
      expect(await transitionsOf(student.id)).toHaveLength(1);
    });

    it('created during syncs neither block them nor lose a transition', async () => {
      const { student } = await buy(app);
      const acts = [1, 2, 3].flatMap(() => [
        grant(student.id),
        operator.post(`/users/${student.id}/sync`, { reason }),
      ]);
      const statuses = (await Promise.all(acts)).map(({ status }) => status);

      expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
      const { access, last_transition: last } = (await operator.get(`/users/${student.id}/access`)).body;
      const { state, reason: why } = access as Record<string, unknown>;
      expect(last).toMatchObject({ to: state, reason: why });
    });

    it('are not created with an end in the past', async () => {
      const student = await app.student();
      const answer = await grant(student.id, { reason, ends_at: '2020-01-01T00:00:00Z' });

      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/ends_at' }] });
      expect(await auditOf(student.id)).toEqual([]);
    });
  });

  describe('without an audit entry', () => {
    const unwritable = { reason: 'the log refuses this' };
    beforeAll(() =>
      app.sql(`ALTER TABLE audit_log ADD CONSTRAINT refuses CHECK (reason <> '${unwritable.reason}')`),
    );
    afterAll(() => app.sql('ALTER TABLE audit_log DROP CONSTRAINT refuses'));

    it('is rolled back', async () => {
      const { student } = await buy(app);

      expect((await grant(student.id, unwritable)).status).toBe(500);
      expect((await operator.post(`/users/${student.id}/sync`, unwritable)).status).toBe(500);
      expect((await operator.get(`/users/${student.id}/access`)).body).toMatchObject({
        access: { granted: false },
        facts: { grants: [], subscriptions: [] },
      });
      expect(await transitionsOf(student.id)).toEqual([]);
    });

    it('does not revoke the grant', async () => {
      const student = await app.student();
      const { id } = (await grant(student.id)).body['grant'] as { id: string };

      expect((await operator.post(`/grants/${id}/revoke`, unwritable)).status).toBe(500);
      expect((await student.get('/chapters/chapter-4')).status).toBe(200);
    });
  });

  it.each([
    ['no reason', {}],
    ['an empty reason', { reason: '   ' }],
    ['several lines', { reason: 'one\ntwo' }],
    ['NUL', { reason: 'one\u0000two' }],
    ['too long a reason', { reason: 'x'.repeat(501) }],
    ['an unknown member', { reason, for_ever: true }],
  ])('refuses %s for every action', async (_, body) => {
    const id = randomUUID();
    for (const path of [`/users/${id}/sync`, `/users/${id}/grants`, `/grants/${id}/revoke`]) {
      expect((await operator.post(path, body)).status).toBe(400);
    }
  });

  it('answers 404 for unknown ids and 400 for malformed ids', async () => {
    const id = randomUUID();
    for (const [path, code] of [
      [`/users/${id}/sync`, 'user_not_found'],
      [`/users/${id}/grants`, 'user_not_found'],
      [`/grants/${id}/revoke`, 'grant_not_found'],
    ]) {
      const answer = await operator.post(String(path), { reason });
      expect([answer.status, answer.body['code']]).toEqual([404, code]);
    }
    expect((await operator.post('/users/ada/sync', { reason })).status).toBe(400);
    expect((await operator.post('/grants/1/revoke', { reason })).status).toBe(400);
  });

  it('rejects students and callers without a token', async () => {
    const student = await app.student();
    for (const path of [
      `/users/${student.id}/sync`,
      `/users/${student.id}/grants`,
      `/grants/${student.id}/revoke`,
    ]) {
      const url = `${app.apiUrl}/api/v1/operator${path}`;
      expect((await student.post(`/operator${path}`, { reason })).status).toBe(403);
      expect((await call('POST', url, { body: { reason } })).status).toBe(401);
    }
    expect((await student.get('/operator/audit-log')).status).toBe(403);
    expect((await call('GET', `${app.apiUrl}/api/v1/operator/audit-log`)).status).toBe(401);
    expect(await auditOf(student.id)).toEqual([]);
  });

  describe('the audit log', () => {
    it('lists operator and request, newest first, in pages', async () => {
      const student = await app.student();
      await grant(student.id);
      await grant(student.id);
      const page = async (query: string) =>
        JSON.parse((await operator.get(`/audit-log?${query}`)).text) as AuditRow[];
      const all = await page('limit=3');
      const second = await page(`limit=1&before=${all[0]?.id}`);

      expect(all[0]).toMatchObject({ operator_id: operator.id, request_id: expect.stringMatching(/^req_/) });
      expect(second).toEqual([all[1]]);
    });

    it.each(['?limit=0', '?limit=201', '?before=0', '?before=x', '?operator=1'])(
      'refuses %s',
      async (query) => {
        expect((await operator.get(`/audit-log${query}`)).status).toBe(400);
      },
    );

    it.each(['UPDATE audit_log SET reason = $$x$$', 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
      'cannot be changed afterwards: %s',
      async (statement) => {
        await expect(app.sql(statement)).rejects.toThrow('audit_log is append-only');
      },
    );
  });
});

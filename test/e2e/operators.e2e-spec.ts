import { randomBytes } from 'node:crypto';
import { OperatorAccountsService } from '../../src/modules/accounts';
import { TestApp } from '../support/app';
import { call } from '../support/http';
import { SandboxControl } from '../support/sandbox-control';
import { pay } from '../support/student';
import { eventually } from '../support/wait';

const PASSWORD = `a wrench of brass ${randomBytes(9).toString('hex')}`;

describe('operators', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await TestApp.start({ env: { WEBHOOK_MAX_ATTEMPTS: '1' } });
    await app.web
      .get(OperatorAccountsService, { strict: false })
      .ensure({ email: 'op@example.test', password: PASSWORD });
    const body = { email: 'op@example.test', password: PASSWORD };
    token = String((await call('POST', `${app.apiUrl}/api/v1/auth/login`, { body })).body['access_token']);
  });
  afterAll(() => app.stop());

  const events = async (query = '') => {
    const answer = await call('GET', `${app.apiUrl}/api/v1/operator/webhook-events${query}`, { token });
    return { status: answer.status, list: JSON.parse(answer.text) as Record<string, unknown>[] };
  };

  it('see an unprocessable event as dead with its error', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    const sandbox = new SandboxControl(app.sandbox.url);
    // A permanent rejection, not an outage: each failure counts, and this test allows one.
    await sandbox.faults({ api: { status: 400, match: 'GET /v1/subscriptions' } });
    await pay(app.stripe, sessionId);

    const dead = await eventually(async () => {
      const { list } = await events('?status=dead');
      expect(list.length).toBeGreaterThan(0);
      return list;
    });
    await sandbox.faults({ api: null });

    expect(dead[0]).toMatchObject({ status: 'dead', attempts: 1, outages: 0 });
    expect(String(dead[0]?.['last_error'])).toContain('StripeRejectedError');
    expect(dead[0]).not.toHaveProperty('payload');
  });

  it('page through the inbox, newest first', async () => {
    const { list: all } = await events('?limit=200');
    const { list: first } = await events('?limit=2');
    const { list: second } = await events(`?limit=2&before=${String(first.at(-1)?.['id'])}`);

    expect([...first, ...second].map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id));
  });

  it.each(['?status=unknown', '?limit=0', '?limit=201', '?before=-1', '?color=red'])(
    'refuses %s',
    async (query) => {
      expect((await events(query)).status).toBe(400);
    },
  );

  it('are the only callers with access', async () => {
    const student = await app.student();

    expect((await student.get('/operator/webhook-events')).status).toBe(403);
    expect((await call('GET', `${app.apiUrl}/api/v1/operator/webhook-events`)).status).toBe(401);
  });
});

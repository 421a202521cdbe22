import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CredentialsService } from '../../src/modules/accounts/credentials.service';
import { withClient } from '../../local/postgres';
import { testConfig } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createHttpApp } from '../support/watched-app';
import { emoji } from '../support/emoji';

const PASSWORD = 'violets in november';
// Nobody answers there; nothing of this needs Stripe.
const UNREACHABLE = 'http://127.0.0.1:1';

const LIMITS = {
  API_REQUESTS_PER_MINUTE: '8',
  PAYMENT_WRITES_PER_MINUTE: '2',
  SIGN_IN_FREE_FAILURES: '3',
  SIGN_IN_FREE_FAILURES_PER_ADDRESS: '10',
  SIGN_IN_ALARM_FAILURES: '50',
  REGISTRATIONS_PER_ADDRESS: '4',
};

const ASKS_STRIPE =
  /^(POST \/api\/v1\/payments\/(?!webhook)|GET \/api\/v1\/payments\/invoices|POST \/account\/(subscription|refund|plan)|GET \/account\/(pay|billing|invoices))/;
const listRoutes = () =>
  readFileSync(join(__dirname, 'route-table.txt'), 'utf8')
    .split('\n')
    .map((line) => line.split(' ').slice(0, 2).join(' '));

type Json = Record<string, unknown>;

interface Sent {
  readonly from?: string;
  readonly forwardedFor?: string;
  readonly token?: string;
  readonly payload?: Json;
}

let testDatabase: TestDatabase;
const apps: NestFastifyApplication[] = [];

async function start(env: Record<string, string> = {}): Promise<NestFastifyApplication> {
  const app = await createHttpApp(
    testConfig({
      databaseUrl: testDatabase.url,
      env: { STRIPE_API_BASE: UNREACHABLE, ...LIMITS, ...env },
    }),
  );
  apps.push(app);
  return app;
}

async function send(app: NestFastifyApplication, route: string, sent: Sent = {}) {
  const [method, path] = route.split(' ') as ['GET' | 'POST', string];
  const answer = await app.inject({
    method,
    url: `/api/v1${path}`,
    remoteAddress: sent.from ?? '203.0.113.7',
    headers: {
      ...(sent.token === undefined ? {} : { authorization: `Bearer ${sent.token}` }),
      ...(sent.forwardedFor === undefined ? {} : { 'x-forwarded-for': sent.forwardedFor }),
    },
    ...(method === 'POST' ? { payload: sent.payload ?? {} } : {}),
  });
  return { status: answer.statusCode, body: answer.json<Json>(), headers: answer.headers };
}

const problem = ({ status, body }: { status: number; body: Json }) => [status, body['code']];

/** From an address of its own, so that nobody's limit is touched. */
async function register(app: NestFastifyApplication) {
  const email = `ada.${randomUUID()}@example.com`;
  const payload = { email, password: PASSWORD, full_name: 'Ada Lovelace' };
  const from = `10.0.${Math.trunc(Number(`0x${email.slice(4, 6)}`))}.${Number(`0x${email.slice(6, 8)}`)}`;
  const { status, body } = await send(app, 'POST /auth/register', { payload, from });
  expect(status).toBe(201);
  return { email, token: String(body['access_token']) };
}

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterEach(() =>
  withClient(testDatabase.url, (client) =>
    client.query('TRUNCATE auth_attempt_counters, auth_known_addresses'),
  ),
);
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await testDatabase.drop();
});

describe('signing in too often', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await start();
  });

  const login = (email: string, password: string, from?: string) =>
    send(app, 'POST /auth/login', { payload: { email, password }, ...(from === undefined ? {} : { from }) });

  it('must wait after a few wrong passwords, even with the right one', async () => {
    const { email } = await register(app);
    for (let n = 0; n < 3; n += 1) {
      expect(problem(await login(email, 'wrong password'))).toEqual([401, 'invalid_credentials']);
    }

    const refused = await login(email, PASSWORD);

    expect(problem(refused)).toEqual([429, 'too_many_attempts']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['content-type']).toContain('application/problem+json');
  });

  it('gets the same answer whether or not the account exists', async () => {
    const { email } = await register(app);
    const answersFor = async (address: string) => {
      const answers: Json[] = [];
      for (let n = 0; n < 4; n += 1) {
        const { body, headers } = await login(address, 'wrong password');
        answers.push({ ...body, request_id: undefined, retryAfter: headers['retry-after'] });
      }
      return answers;
    };

    expect(await answersFor(email)).toEqual(await answersFor('nobody@example.com'));
  });

  it('keeps nobody out who signs in from elsewhere', async () => {
    const { email } = await register(app);
    for (let n = 0; n < 6; n += 1) await login(email, 'wrong password', '198.51.100.1');

    expect((await login(email, PASSWORD, '203.0.113.9')).status).toBe(200);
  });

  it('gains nothing from fifty guesses in parallel', async () => {
    const { email } = await register(app);

    const answers = await Promise.all(Array.from({ length: 50 }, () => login(email, 'wrong password')));

    expect(answers.filter(({ status }) => status === 401)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(47);
  });

  it('does not count a try that an outage has spoilt', async () => {
    const { email } = await register(app);
    const outage = Object.assign(new Error('the database is unavailable'), { code: 'ECONNREFUSED' });
    const prove = jest.spyOn(app.get(CredentialsService), 'prove').mockRejectedValue(outage);
    for (let n = 0; n < 6; n += 1) {
      expect(problem(await login(email, PASSWORD))).toEqual([503, 'service_unavailable']);
    }
    prove.mockRestore();

    expect((await login(email, PASSWORD)).status).toBe(200);
  });

  it('limits registrations by address, and never those of other addresses', async () => {
    const payload = () => ({ email: `${randomUUID()}@example.com`, password: PASSWORD, full_name: 'Ada' });
    for (let n = 0; n < 4; n += 1) {
      expect((await send(app, 'POST /auth/register', { payload: payload() })).status).toBe(201);
    }

    const refused = await send(app, 'POST /auth/register', { payload: payload() });

    expect(problem(refused)).toEqual([429, 'too_many_attempts']);
    expect(refused.headers['retry-after']).toBe('10');
    expect(
      (await send(app, 'POST /auth/register', { payload: payload(), from: '198.51.100.9' })).status,
    ).toBe(201);
  });
});

describe('the address of a client', () => {
  /** How many wrong passwords get through when each claims to come from another address. */
  async function guesses(app: NestFastifyApplication, sent: (n: number) => Sent): Promise<number> {
    const { email } = await register(app);
    let tried = 0;
    for (let n = 0; n < 8; n += 1) {
      const payload = { email, password: 'wrong password' };
      const { status } = await send(app, 'POST /auth/login', { payload, ...sent(n) });
      if (status === 401) tried += 1;
    }
    return tried;
  }

  it('cannot be forged when no proxy is trusted', async () => {
    const app = await start();

    expect(await guesses(app, (n) => ({ forwardedFor: `192.0.2.${n}` }))).toBe(3);
  });

  it('is what the trusted number of proxies says, with any text of the client before it', async () => {
    const app = await start({ TRUSTED_PROXIES: '2' });
    const behind = (client: string) => ({ from: '10.9.9.9', forwardedFor: `${client}, 66.241.124.1` });

    expect(await guesses(app, (n) => behind(`192.0.2.${n}, 203.0.113.7`))).toBe(3);
    expect(await guesses(app, (n) => behind(`203.0.113.8:${4000 + n}`))).toBe(3);
    expect(await guesses(app, (n) => behind(`192.0.2.${n}`))).toBe(8);
  });

  it('is what trusted ranges say, and nobody else is believed', async () => {
    const app = await start({ TRUSTED_PROXIES: '10.9.0.0/16, fd00::/8' });

    expect(await guesses(app, (n) => ({ from: '10.9.0.1', forwardedFor: `192.0.2.${n}` }))).toBe(8);
    expect(await guesses(app, (n) => ({ from: 'fd00::1', forwardedFor: `192.0.2.${n}` }))).toBe(8);
    expect(await guesses(app, (n) => ({ from: '198.51.100.4', forwardedFor: `192.0.2.${n}` }))).toBe(3);
  });

  it('is the network of an IPv6 address, because all of it belongs to one customer', async () => {
    const app = await start();

    expect(await guesses(app, (n) => ({ from: `2001:db8:1:2::${n + 1}` }))).toBe(3);
    expect(await guesses(app, (n) => ({ from: `2001:db8:1:${n}::1` }))).toBe(8);
  });
});

describe('the requests of a signed-in user', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await start();
  });

  it('carry what is allowed and what is left, and end with 429 and Retry-After', async () => {
    const { token } = await register(app);
    const answers = [];
    for (let n = 0; n < 9; n += 1) answers.push(await send(app, 'GET /chapters', { token }));

    const [first] = answers;
    expect(first?.headers['ratelimit-policy']).toBe('"api";q=8;w=60');
    expect(first?.headers['ratelimit']).toMatch(/^"api";r=7;t=([1-9]|[1-5]\d|60)$/);
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(8).fill(200), 429]);
    const refused = answers.at(-1);
    expect(refused?.body['code']).toBe('rate_limited');
    expect(refused?.headers['ratelimit']).toMatch(/^"api";r=0;t=\d+$/);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('are counted by user, from any address', async () => {
    const [ada, grace] = [await register(app), await register(app)];
    for (let n = 0; n < 8; n += 1)
      await send(app, 'GET /auth/me', { token: ada.token, from: `192.0.2.${n}` });

    expect(problem(await send(app, 'GET /auth/me', { token: ada.token, from: '192.0.2.99' }))).toEqual([
      429,
      'rate_limited',
    ]);
    expect((await send(app, 'GET /auth/me', { token: grace.token, from: '192.0.2.1' })).status).toBe(200);
  });

  it.each([
    [403, 'GET /chapters/chapter-4'],
    [404, 'GET /chapters/chapter-99'],
    [403, 'GET /operator/audit-log'],
    [400, 'GET /chapters/search'],
  ])('are counted, and say so, when the answer is %i (%s)', async (status, route) => {
    const { token } = await register(app);
    const answer = await send(app, route, { token });

    expect(answer.status).toBe(status);
    expect(answer.headers['ratelimit']).toMatch(/^"api";r=7;/);
  });

  it('have a stricter limit where they write to Stripe, besides the general one', async () => {
    const { token } = await register(app);
    const cancel = () => send(app, 'POST /payments/cancel-subscription', { token });
    const answers = [await cancel(), await cancel(), await cancel()];

    expect(answers.map(({ status }) => status).at(-1)).toBe(429);
    expect(answers.slice(0, 2).map(({ status }) => status)).not.toContain(429);
    expect(answers[0]?.headers['ratelimit-policy']).toBe('"api";q=8;w=60, "payment_writes";q=2;w=60');
    expect(answers[2]?.headers['ratelimit']).toMatch(/^"api";r=5;t=\d+, "payment_writes";r=0;t=\d+$/);
    expect((await send(app, 'GET /payments/subscription-status', { token })).status).toBe(200);
  });

  it('have it on every route and page that asks Stripe', async () => {
    const app = await start({ API_REQUESTS_PER_MINUTE: '1000', PAYMENT_WRITES_PER_MINUTE: '1000' });
    const { email, token } = await register(app);
    const payload = new URLSearchParams({ email, password: PASSWORD }).toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const { cookies } = await app.inject({ method: 'POST', url: '/sign-in', headers: form, payload });
    const headers = { cookie: `session=${cookies[0]?.value}`, authorization: `Bearer ${token}` };
    const asking = listRoutes().filter((route) => ASKS_STRIPE.test(route));

    for (const route of asking) {
      const [method, url] = route.replace(':id', 'in_1').replace(':code', 'a'.repeat(40)).split(' ');
      const body =
        method === 'POST' && url?.startsWith('/account') ? { headers: { ...headers, ...form } } : { headers };
      const answer = await app.inject({ method: method as 'GET' | 'POST', url: url ?? '', ...body });
      expect([route, answer.headers['ratelimit-policy']]).toEqual([
        route,
        expect.stringContaining('payment_writes'),
      ]);
    }
    expect(asking.length).toBeGreaterThan(15);
  });

  it('say nothing of limits on public routes, and to those who are not signed in', async () => {
    const strangers = await send(app, 'GET /chapters', {});
    const root = await app.inject({ url: '/health/live' });

    expect(strangers.status).toBe(401);
    expect(strangers.headers).not.toHaveProperty('ratelimit');
    expect(root.headers).not.toHaveProperty('ratelimit');
  });
});

describe('a password that is easy to guess', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await start({ REGISTRATIONS_PER_ADDRESS: '1000' });
  });

  const tryPassword = (password: string) =>
    send(app, 'POST /auth/register', {
      payload: {
        email: `lovelace.${randomUUID().slice(0, 4)}@example.com`,
        password,
        full_name: 'Ada Lovelace',
      },
    });

  it.each([
    ['password1', 'password_too_common'],
    ['QwertyUiop', 'password_too_common'],
    ['987654321', 'password_too_common'],
    ['88888888', 'password_too_common'],
    ['MonkeyMonkey', 'password_too_common'],
    ['Ada-Lovelace-1815', 'password_too_personal'],
    ['coursecompanion', 'password_too_personal'],
  ])('is refused at registration: %s', async (password, code) => {
    const answer = await tryPassword(password);

    expect(problem(answer)).toEqual([400, 'invalid_request']);
    expect(answer.body['errors']).toEqual([{ pointer: '/password', code, detail: expect.any(String) }]);
    expect(JSON.stringify(answer.body)).not.toContain(password);
  });

  it.each(['  a   b     c ', '73920187465019', 'Ünïcödé 密码 пароль', emoji(64)])(
    'accepts any mixture of characters: %j',
    async (password) => {
      expect((await tryPassword(password)).status).toBe(201);
    },
  );
});

describe('a password', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await start({ SIGN_IN_FREE_FAILURES: '100', SIGN_IN_FREE_FAILURES_PER_ADDRESS: '100' });
  });

  const login = async (email: string, password: string) =>
    (await send(app, 'POST /auth/login', { payload: { email, password } })).status;

  it('is compared whole, character by character', async () => {
    const password = `Violets in November, ${'and in May '.repeat(9)}X`;
    const email = `${randomUUID()}@example.com`;
    await send(app, 'POST /auth/register', { payload: { email, password, full_name: 'Ada' } });
    const others = [
      password.toLowerCase(),
      password.toUpperCase(),
      password.slice(0, -1),
      password.slice(0, 72),
      `${password}X`,
      ` ${password}`,
      `${password} `,
    ];

    for (const other of others) expect([other, await login(email, other)]).toEqual([other, 401]);
    expect(await login(email, password)).toBe(200);
  });

  it('stays valid however old it is', async () => {
    const { email } = await register(app);
    await withClient(testDatabase.url, (client) =>
      client.query(`UPDATE auth_credentials SET changed_at = now() - interval '20 years'`),
    );

    expect(await login(email, PASSWORD)).toBe(200);
  });
});

describe('our own pages', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await start({ REGISTRATIONS_PER_ADDRESS: '2' });
  });

  async function post(path: string, fields: Record<string, string>) {
    const { statusCode, headers, body } = await app.inject({
      method: 'POST',
      url: path,
      remoteAddress: '203.0.113.7',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      payload: new URLSearchParams(fields).toString(),
    });
    return { status: statusCode, headers, body };
  }

  const registration = (changes: Record<string, string> = {}) => ({
    email: `${randomUUID()}@example.com`,
    full_name: 'Ada Lovelace',
    password: PASSWORD,
    ...changes,
  });

  it('slow guessing down together with the API, and show the form again', async () => {
    const { email } = await register(app);
    const wrong = () => post('/sign-in', { email, password: 'wrong password' });
    await send(app, 'POST /auth/login', { payload: { email, password: 'wrong password' } });
    expect([(await wrong()).status, (await wrong()).status]).toEqual([422, 422]);

    const refused = await post('/sign-in', { email, password: PASSWORD });

    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body).toContain('There were too many attempts');
    expect(refused.body).toContain(`value="${email}"`);
    expect(refused.headers['set-cookie']).toBeUndefined();
  });

  it('say at the field that a password is guessed first, and keep what else was typed', async () => {
    const { status, body } = await post('/register', registration({ password: 'password1' }));

    expect(status).toBe(422);
    expect(body).toContain('It is among the passwords that are easy to guess; choose another one.');
    expect(body).toContain('value="Ada Lovelace"');
    expect(body).not.toContain('password1');
  });

  it('count registrations together with the API, but not those that could not be', async () => {
    for (let n = 0; n < 4; n += 1) await post('/register', registration({ password: 'password1' }));
    expect((await post('/register', registration())).status).toBe(303);
    expect((await send(app, 'POST /auth/register', { payload: registration() })).status).toBe(201);

    const refused = await post('/register', registration());

    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
  });
});

import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from 'src/config/app-config';
import { generateSigningKey } from 'src/cli/keys/generate-signing-key';
import { withClient } from '../../local/postgres';
import { WITHOUT_LIMITS } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createHttpApp } from '../support/watched-app';
import { emoji } from '../support/emoji';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

type Json = Record<string, unknown>;
type Operation = 'register' | 'login' | 'refresh' | 'logout';

const PASSWORD = 'a long enough password';

describe('signing in over HTTP', () => {
  let testDatabase: TestDatabase;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    app = await createHttpApp(
      loadConfig({
        LOG_LEVEL: 'silent',
        PUBLIC_URL: 'http://localhost:3000',
        DATABASE_URL: testDatabase.url,
        AUTH_SIGNING_KEYS: JSON.stringify({ keys: [generateSigningKey()] }),
        STRIPE_SECRET_KEY: 'sk_test_auth',
        STRIPE_PUBLISHABLE_KEY: 'pk_test_auth',
        STRIPE_WEBHOOK_SECRET: 'whsec_auth_auth',
        STRIPE_PREMIUM_PRICE_ID: 'price_auth',
        ...WITHOUT_LIMITS,
      }),
    );
  });

  afterAll(async () => {
    await app?.close();
    await testDatabase?.drop();
  });

  async function post<T = Json>(operation: Operation, payload?: object | string, token?: string) {
    const answer = await app.inject({
      method: 'POST',
      url: `/api/v1/auth/${operation}`,
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, body: answer.json<T>(), headers: answer.headers };
  }

  async function me(token?: string) {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await app.inject({ method: 'GET', url: '/api/v1/auth/me', headers });
    return { status: answer.statusCode, body: answer.json<Json>() };
  }

  const newEmail = () => `ada.${randomUUID()}@example.com`;
  const registration = (changes: Json = {}) => ({
    email: newEmail(),
    password: PASSWORD,
    full_name: 'Ada Lovelace',
    ...changes,
  });

  async function signUp(email = newEmail()) {
    const { body } = await post<Tokens>('register', registration({ email }));
    return { email, accessToken: body.access_token, refreshToken: body.refresh_token };
  }

  const refresh = (token: string) => post<Tokens & Json>('refresh', { refresh_token: token });
  const problem = ({ status, body }: { status: number; body: Json }) => [status, body.code];

  it('registers, signs in, tells who is signed in, refreshes and signs out', async () => {
    const email = newEmail();
    const user = {
      id: expect.any(String),
      email,
      email_verified: false,
      full_name: 'Ada Lovelace',
      is_premium: false,
      subscription_tier: 'free',
    };
    const signIn = {
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      user,
    };

    const registered = await post<Tokens>('register', registration({ email }));
    expect([registered.status, registered.body]).toEqual([201, signIn]);
    expect(registered.headers['cache-control']).toBe('no-store');

    const loggedIn = await post<Tokens>('login', { email, password: PASSWORD });
    expect([loggedIn.status, loggedIn.body]).toEqual([200, signIn]);

    await expect(me(loggedIn.body.access_token)).resolves.toEqual({ status: 200, body: user });

    const refreshed = await refresh(loggedIn.body.refresh_token);
    expect([refreshed.status, refreshed.body]).toEqual([200, signIn]);
    await expect(me(refreshed.body.access_token)).resolves.toMatchObject({ status: 200 });

    const loggedOut = await post('logout', undefined, refreshed.body.access_token);
    expect([loggedOut.status, loggedOut.body]).toEqual([200, { logged_out: true }]);
    await expect(me(refreshed.body.access_token)).resolves.toMatchObject({ status: 401 });
    expect(problem(await refresh(refreshed.body.refresh_token))).toEqual([401, 'invalid_refresh_token']);
    await expect(me(registered.body.access_token)).resolves.toMatchObject({ status: 200 });
  });

  it('tells nobody who is signed in without a token', async () => {
    expect(problem(await me())).toEqual([401, 'unauthenticated']);
  });

  describe('register', () => {
    it('refuses an address that is taken in other letters', async () => {
      const { email } = await signUp();

      const answer = await post('register', registration({ email: ` ${email.toUpperCase()} ` }));

      expect(problem(answer)).toEqual([409, 'email_taken']);
    });

    it.each(['role', 'is_premium', 'subscription_tier', 'stripe_customer_id', 'id'])(
      'refuses a request that tries to set %s',
      async (key) => {
        const email = newEmail();

        const answer = await post('register', registration({ email, [key]: 'operator' }));

        expect(problem(answer)).toEqual([400, 'invalid_request']);
        expect(problem(await post('login', { email, password: PASSWORD }))).toEqual([
          401,
          'invalid_credentials',
        ]);
      },
    );

    it.each<[string, object | string]>([
      ['no body', ''],
      ['a body that is not JSON', '{'],
      ['a list', []],
      ['null', 'null'],
      ['no email', registration({ email: undefined })],
      ['an email that is none', registration({ email: 'ada' })],
      ['an email that is too long', registration({ email: `${'a'.repeat(250)}@example.com` })],
      ['an email with a NUL', registration({ email: 'ada\0@example.com' })],
      ['an email with a lone surrogate', registration({ email: 'ada\ud800@example.com' })],
      ['an email that is a list', registration({ email: ['ada@example.com'] })],
      ['a password of 7 characters', registration({ password: '1234567' })],
      ['a password of 7 characters that are 14 UTF-16 units', registration({ password: '😀'.repeat(7) })],
      ['a password of 129 characters', registration({ password: 'x'.repeat(129) })],
      ['a password with a NUL', registration({ password: 'long enough\0' })],
      ['a password with a lone surrogate', registration({ password: 'long enough\udfff' })],
      ['a blank name', registration({ full_name: ' \t ' })],
      ['a name with a NUL', registration({ full_name: 'Ada\0' })],
      ['a name with a lone surrogate', registration({ full_name: 'Ada\ud800' })],
      ['a name with a line break', registration({ full_name: 'Ada\r\nX-Header: 1' })],
      ['a name of invisible characters only', registration({ full_name: '\u200B\u2060\u3164' })],
      ['a name that turns the direction of text', registration({ full_name: 'Ada\u202E' })],
      ['a name that is too long', registration({ full_name: 'x'.repeat(201) })],
    ])('refuses %s with 400', async (_, payload) => {
      expect((await post('register', payload)).status).toBe(400);
    });

    it('names the invalid field without repeating its value', async () => {
      const { body } = await post('register', registration({ password: 'hunter2' }));

      expect(body.errors).toEqual([{ pointer: '/password', detail: expect.stringContaining('8 to 128') }]);
      expect(JSON.stringify(body)).not.toContain('hunter2');
    });

    it.each([8, 128])('takes a password of %i characters, counted as people do', async (length) => {
      const email = newEmail();
      const password = emoji(length);

      expect((await post('register', registration({ email, password }))).status).toBe(201);
      expect((await post('login', { email, password })).status).toBe(200);
    });

    it('makes one account of ten parallel requests for one address', async () => {
      const email = newEmail();

      const answers = await Promise.all(
        Array.from({ length: 10 }, () => post('register', registration({ email }))),
      );

      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...Array<number>(9).fill(409)]);
    });
  });

  describe('login', () => {
    it('knows the address in any letters', async () => {
      const { email } = await signUp();

      const answer = await post('login', { email: ` ${email.toUpperCase()}`, password: PASSWORD });

      expect(answer.status).toBe(200);
      expect(answer.body.user).toMatchObject({ email });
    });

    it('answers an unknown address exactly like a wrong password', async () => {
      const { email } = await signUp();

      const unknown = await post('login', { email: newEmail(), password: PASSWORD });
      const wrong = await post('login', { email, password: 'not the password' });

      const withoutId = ({ body }: { body: Json }) => ({ ...body, request_id: undefined });
      expect(problem(wrong)).toEqual([401, 'invalid_credentials']);
      expect(withoutId(unknown)).toEqual(withoutId(wrong));
    });

    it('takes about as long for an unknown address as for a wrong password', async () => {
      const { email } = await signUp();
      const timeOf = async (address: string) => {
        const start = performance.now();
        await post('login', { email: address, password: 'not the password' });
        return performance.now() - start;
      };
      // In turns, and the fastest of each: another test on this machine slows both alike, and never speeds one up.
      const times: { wrong: number; unknown: number }[] = [];
      for (let round = 0; round < 9; round++)
        times.push({ wrong: await timeOf(email), unknown: await timeOf(newEmail()) });
      const wrong = Math.min(...times.map((time) => time.wrong));
      const unknown = Math.min(...times.map((time) => time.unknown));

      // Without the decoy the unknown address answers more than five times faster.
      expect(unknown).toBeGreaterThan(wrong / 2);
      expect(wrong).toBeGreaterThan(unknown / 2);
    });

    it.each<[string, Json]>([
      ['a NUL in the password', { email: 'ada@example.com', password: 'x\0' }],
      ['a lone surrogate in the password', { email: 'ada@example.com', password: 'x\ud800' }],
      ['a password of 129 characters', { email: 'ada@example.com', password: 'x'.repeat(129) }],
      ['an unknown key', { email: 'ada@example.com', password: PASSWORD, role: 'operator' }],
      ['a password that is an object', { email: 'ada@example.com', password: { $ne: '' } }],
    ])('refuses %s with 400', async (_, payload) => {
      expect(problem(await post('login', payload))).toEqual([400, 'invalid_request']);
    });
  });

  describe('refresh', () => {
    it('gives a retry of the same request the same refresh token', async () => {
      const { refreshToken } = await signUp();

      const [first, retry] = [await refresh(refreshToken), await refresh(refreshToken)];

      expect([first.status, retry.status]).toEqual([200, 200]);
      expect(retry.body.refresh_token).toBe(first.body.refresh_token);
      await expect(me(retry.body.access_token)).resolves.toMatchObject({ status: 200 });
    });

    it('keeps one family when six requests race', async () => {
      const { refreshToken } = await signUp();

      const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(refreshToken)));

      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
      const [successor = '', ...others] = new Set(answers.map(({ body }) => body.refresh_token));
      expect(others).toEqual([]);
      expect((await refresh(successor)).status).toBe(200);
    });

    it('ends the session, access tokens included, when a token is used again after a minute', async () => {
      const { refreshToken } = await signUp();
      const { body } = await refresh(refreshToken);
      await withClient(testDatabase.url, (client) =>
        client.query(`UPDATE auth_refresh_tokens SET rotated_at = rotated_at - interval '61 s'`),
      );

      expect(problem(await refresh(refreshToken))).toEqual([401, 'refresh_token_reused']);

      expect(problem(await me(body.access_token))).toEqual([401, 'unauthenticated']);
      expect(problem(await refresh(body.refresh_token))).toEqual([401, 'invalid_refresh_token']);
    });

    it.each<[string, Json, number]>([
      ['an unknown token', { refresh_token: 'unknown' }, 401],
      ['a token that is hardly text', { refresh_token: '../../\u202e %00' }, 401],
      ['no token', {}, 400],
      ['a token with a NUL', { refresh_token: 'x\0' }, 400],
      ['an unknown key', { refresh_token: 'unknown', role: 'operator' }, 400],
    ])('refuses %s', async (_, payload, status) => {
      expect((await post('refresh', payload)).status).toBe(status);
    });

    it('does not take an access token for a refresh token', async () => {
      const { accessToken } = await signUp();

      expect(problem(await refresh(accessToken))).toEqual([401, 'invalid_refresh_token']);
    });
  });

  describe('logout', () => {
    it('needs only the refresh token, because the access token may have expired', async () => {
      const { accessToken, refreshToken } = await signUp();

      expect((await post('logout', { refresh_token: refreshToken }, 'expired')).status).toBe(200);

      expect(problem(await me(accessToken))).toEqual([401, 'unauthenticated']);
    });

    it('can be repeated with the refresh token', async () => {
      const { refreshToken } = await signUp();
      await post('logout', { refresh_token: refreshToken });

      expect((await post('logout', { refresh_token: refreshToken })).status).toBe(200);
    });

    it('refuses someone who brings neither token', async () => {
      expect(problem(await post('logout'))).toEqual([401, 'unauthenticated']);
      expect(problem(await post('logout', {}))).toEqual([401, 'unauthenticated']);
      expect(problem(await post('logout', {}, 'rubbish'))).toEqual([401, 'unauthenticated']);
    });
  });

  it('publishes the public key, and nothing else of it', async () => {
    const answer = await app.inject({ method: 'GET', url: '/.well-known/jwks.json' });

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    const { keys } = answer.json<{ keys: Json[] }>();
    expect(keys).toHaveLength(1);
    expect(keys[0]).toEqual({
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      use: 'sig',
      kid: expect.any(String),
      x: expect.any(String),
      y: expect.any(String),
    });
  });
});

import { Database } from '../../src/database/database';
import { TestApp } from '../support/app';
import { Form } from '../support/form';
import {
  newBrowser,
  OTHER_CALLBACK,
  PASSWORD,
  OAuthClient,
  setUpChatGpt,
  CHATGPT,
  type TokenAnswer,
} from '../support/oauth';

/** What the token endpoint gives and refuses, on PostgreSQL. */
describe('the token endpoint', () => {
  let app: TestApp;
  let chatgpt: OAuthClient;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false, env: { TRUSTED_PROXIES: '1' } });
    chatgpt = await setUpChatGpt(app);
  });
  afterAll(() => app.stop());

  const newCode = async (client = chatgpt, parameters = {}) => {
    const { browser } = await newBrowser(app);
    return (await client.authorize(browser, parameters)).get('code');
  };
  const newTokens = async (): Promise<TokenAnswer> => chatgpt.exchange(await newCode());
  const me = (token: string | undefined) =>
    fetch(`${app.apiUrl}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } });
  const statusOfMe = async (token: string | undefined) => (await me(token)).status;

  /** Makes everything that was consumed look as if it had been so this much earlier. */
  const age = (seconds: number) =>
    app.sql(`UPDATE auth_oidc_payloads SET consumed_at = consumed_at - make_interval(secs => $1)`, [seconds]);

  describe('gives tokens for a code', () => {
    it('without PKCE to a client with a secret, with what ChatGPT needs to refresh them', async () => {
      const { status, headers, body } = await newTokens();

      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
        refresh_token: expect.stringMatching(/^[\w-]{43}$/) as string,
        token_type: 'Bearer',
        expires_in: 900,
        scope: 'chapters:read profile:read subscription:read subscription:write',
      });
      await expect(statusOfMe(body.access_token)).resolves.toBe(200);
    });

    it('to the second callback as well', async () => {
      const { id, secret } = chatgpt;
      const other = new OAuthClient(app.apiUrl, id, secret, OTHER_CALLBACK);

      expect((await other.exchange(await newCode(other))).status).toBe(200);
    });

    it.each([[false], [true]])('with the secret in the body or in Basic (%s)', async (basic) => {
      const fields = {
        grant_type: 'authorization_code',
        code: (await newCode()) ?? undefined,
        redirect_uri: chatgpt.redirectUri,
      };

      expect((await chatgpt.token(fields, { basic })).status).toBe(200);
    });

    it.each([
      ['a wrong secret in the body', { basic: false, secret: 'wrong' }],
      ['a wrong secret in Basic', { basic: true, secret: 'wrong' }],
      ['no secret', { basic: false, secret: undefined }],
    ])('never with %s', async (_, how) => {
      const code = await newCode();
      const fields = {
        grant_type: 'authorization_code',
        code: code ?? undefined,
        redirect_uri: chatgpt.redirectUri,
      };

      const { status, body } = await chatgpt.token(
        fields,
        how.secret === undefined ? { ...how, secret: '' } : how,
      );

      expect([status, body.error]).toEqual([401, 'invalid_client']);
      // The refusal has not spent the code.
      expect((await chatgpt.exchange(code)).status).toBe(200);
    });

    it('never for another redirect URI than the code was sent to, registered or not', async () => {
      for (const redirect_uri of [OTHER_CALLBACK, 'https://evil.example/callback', undefined]) {
        const { status } = await chatgpt.exchange(await newCode(), { redirect_uri });
        expect([redirect_uri, status]).toEqual([redirect_uri, 400]);
      }
    });

    it('never for a code of another client', async () => {
      await app.sql(
        `INSERT INTO auth_clients (id, name, confidential, scopes, redirect_uris, secret_hash)
         SELECT 'other', 'Other', true, scopes, redirect_uris, secret_hash FROM auth_clients WHERE id = $1`,
        [CHATGPT],
      );
      const other = new OAuthClient(app.apiUrl, 'other', chatgpt.secret);

      expect((await other.exchange(await newCode())).status).toBe(400);
    });

    it('never after a minute', async () => {
      const code = await newCode();
      const minuteAgo = Math.floor(Date.now() / 1000) - 61;
      await app.sql(
        `UPDATE auth_oidc_payloads SET payload = payload::jsonb || jsonb_build_object('exp', $1::int)
          WHERE model = 'AuthorizationCode'`,
        [minuteAgo],
      );

      const { status, body } = await chatgpt.exchange(code);

      expect([status, body.error]).toEqual([400, 'invalid_grant']);
    });

    it('once: a second use revokes what the first one returned', async () => {
      const code = await newCode();
      const first = await chatgpt.exchange(code);

      const second = await chatgpt.exchange(code);

      expect([first.status, second.status, second.body.error]).toEqual([200, 400, 'invalid_grant']);
      expect((await chatgpt.refresh(first.body.refresh_token)).status).toBe(400);
      await expect(statusOfMe(first.body.access_token)).resolves.toBe(401);
    });

    it('to one of many who present it at the same moment', async () => {
      const code = await newCode();

      const answers = await Promise.all(Array.from({ length: 8 }, () => chatgpt.exchange(code)));

      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(400)]);
    });
  });

  describe('refreshes', () => {
    it('three times, the newest token also after the retry window', async () => {
      let { body } = await newTokens();
      for (let round = 0; round < 3; round += 1) {
        ({ body } = await chatgpt.refresh(body.refresh_token));
        await age(90);
      }

      const last = await chatgpt.refresh(body.refresh_token);

      expect(last.status).toBe(200);
      expect(last.body.refresh_token).not.toBe(body.refresh_token);
      await expect(statusOfMe(last.body.access_token)).resolves.toBe(200);
    });

    it('to the same successor within a minute, also twenty times at once, so that no second line exists', async () => {
      const { body } = await newTokens();

      const answers = await Promise.all(
        Array.from({ length: 20 }, () => chatgpt.refresh(body.refresh_token)),
      );

      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      const [successor, ...others] = new Set(answers.map((answer) => answer.body.refresh_token));
      expect(others).toEqual([]);
      expect((await chatgpt.refresh(successor)).status).toBe(200);
    });

    it('never with a token whose successor was used, even within the minute', async () => {
      const first = await newTokens();
      const second = await chatgpt.refresh(first.body.refresh_token);
      const third = await chatgpt.refresh(second.body.refresh_token);

      const reused = await chatgpt.refresh(first.body.refresh_token);

      expect([reused.status, reused.body.error]).toEqual([400, 'invalid_grant']);
      expect((await chatgpt.refresh(third.body.refresh_token)).status).toBe(400);
      await expect(statusOfMe(third.body.access_token)).resolves.toBe(401);
    });

    it('never with an old token after a minute, which revokes the whole family', async () => {
      const first = await newTokens();
      const second = await chatgpt.refresh(first.body.refresh_token);
      await age(61);

      const reused = await chatgpt.refresh(first.body.refresh_token);

      expect([reused.status, reused.body.error]).toEqual([400, 'invalid_grant']);
      expect((await chatgpt.refresh(second.body.refresh_token)).status).toBe(400);
      // A JWT of the family would verify until it runs out; here its session is over.
      await expect(statusOfMe(second.body.access_token)).resolves.toBe(401);
      const reasons = await app.sql(
        `SELECT DISTINCT revoke_reason FROM auth_sessions WHERE kind = 'application' AND revoke_reason IS NOT NULL`,
      );
      expect(reasons).toEqual([{ revoke_reason: 'reuse' }]);
    });

    it('to fewer scopes when asked, never to more', async () => {
      const { browser } = await newBrowser(app);
      const back = await chatgpt.authorize(browser, { scope: 'chapters:read profile:read' });
      const { body } = await chatgpt.exchange(back.get('code'));
      const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token };

      const less = await chatgpt.token({ ...refresh, scope: 'chapters:read' });
      const more = await chatgpt.token({ ...refresh, scope: 'chapters:read subscription:write' });

      expect([less.body.scope, more.status, more.body.error]).toEqual([
        'chapters:read',
        400,
        'invalid_scope',
      ]);
      await expect(statusOfMe(less.body.access_token)).resolves.toBe(403);
    });

    it('only while the account exists', async () => {
      const { browser, email } = await newBrowser(app);
      const { body } = await chatgpt.exchange((await chatgpt.authorize(browser)).get('code'));
      await app.sql('DELETE FROM users WHERE email = $1', [email]);

      expect((await chatgpt.refresh(body.refresh_token)).status).toBe(400);
      await expect(statusOfMe(body.access_token)).resolves.toBe(401);
    });

    it('never for the next account of the same address, which is another subject', async () => {
      const { browser, email } = await newBrowser(app);
      const { body } = await chatgpt.exchange((await chatgpt.authorize(browser)).get('code'));
      const subject = ({ access_token: token = '' }: TokenAnswer['body']) =>
        (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub;
      await app.sql('DELETE FROM users WHERE email = $1', [email]);

      const next = new Form(app.apiUrl);
      await next.post('/register', { full_name: 'Grace', email, password: PASSWORD });
      const other = await chatgpt.exchange((await chatgpt.authorize(next)).get('code'));

      expect(subject(other.body)).not.toBe(subject(body));
      await expect(statusOfMe(body.access_token)).resolves.toBe(401);
      await expect(statusOfMe(other.body.access_token)).resolves.toBe(200);
    });

    it('until a year after the consent, however often it was used', async () => {
      let { body } = await newTokens();
      const end = () =>
        app.sql<{ expires_at: Date }>(
          `SELECT id, expires_at FROM auth_sessions WHERE kind = 'application' ORDER BY created_at DESC LIMIT 1`,
        );
      const before = await end();
      for (let round = 0; round < 3; round += 1) ({ body } = await chatgpt.refresh(body.refresh_token));
      expect(await end()).toEqual(before);
      const inYears = ((before[0]?.expires_at.getTime() ?? 0) - Date.now()) / (365 * 86_400_000);
      expect(inYears).toBeCloseTo(1, 2);
      await app.sql(`UPDATE auth_sessions SET expires_at = now() WHERE kind = 'application'`);

      expect((await chatgpt.refresh(body.refresh_token)).status).toBe(400);
      await expect(statusOfMe(body.access_token)).resolves.toBe(401);
    });
  });

  it('gives access tokens that nothing else can stand in for', async () => {
    const { body } = await newTokens();
    const [header = '', claims = '', signature = ''] = (body.access_token ?? '').split('.');
    const decoded = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forgeries = [
      body.refresh_token,
      `${encode({ alg: 'none', typ: 'at+jwt' })}.${claims}.`,
      `${header}.${encode({ ...decoded, sub: crypto.randomUUID() })}.${signature}`,
      `${header}.${encode({ ...decoded, scope: 'operator' })}.${signature}`,
      `${header}.${encode({ ...decoded, client_id: undefined })}.${signature}`,
    ];

    expect(decoded).toMatchObject({ aud: `${app.apiUrl}/api`, iss: app.apiUrl, client_id: CHATGPT });
    expect(await Promise.all(forgeries.map(statusOfMe))).toEqual([401, 401, 401, 401, 401]);
    await expect(statusOfMe(body.access_token)).resolves.toBe(200);
  });

  it('delays wrong client secrets, and never the right one from the same address', async () => {
    const { body } = await newTokens();
    const send = (refreshToken = 'x', secret = 'guess') =>
      fetch(`${app.apiUrl}/oauth/token`, {
        method: 'POST',
        headers: { 'x-forwarded-for': '203.0.113.9' },
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
          client_id: CHATGPT,
          client_secret: secret,
        }),
      });

    const answers = [];
    for (let n = 0; n < 22; n += 1) answers.push(await send());

    const last = answers.at(-1);
    expect(answers.slice(0, 20).map(({ status }) => status)).toEqual(Array(20).fill(401));
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await last?.json()).toMatchObject({ error: 'temporarily_unavailable' });
    expect((await send(body.refresh_token, chatgpt.secret)).status).toBe(200);
  });

  it('takes forms only, for the two grants only', async () => {
    const json = await fetch(`${app.apiUrl}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: CHATGPT,
        client_secret: chatgpt.secret,
      }),
    });
    const others = await Promise.all(
      ['password', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'].map((grant_type) =>
        chatgpt.token({ grant_type, username: 'a', password: 'b' }),
      ),
    );

    expect(json.status).toBe(400);
    expect(others.map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  it('keeps no code and no token in the database, and sweeps what has expired', async () => {
    const { browser } = await newBrowser(app);
    const code = (await chatgpt.authorize(browser)).get('code') ?? '';
    const { body } = await chatgpt.exchange(code);
    const dump = async () =>
      JSON.stringify(
        await app.sql(`SELECT model, encode(id_hash, 'escape') AS id, payload FROM auth_oidc_payloads`),
      );

    const kept = await dump();
    await app.sql(`UPDATE auth_oidc_payloads SET expires_at = now() - interval '1 second'`);
    for (let begun = 0; begun < 5; begun += 1) await browser.get(chatgpt.authorizePath());

    for (const secret of [code, body.refresh_token, body.access_token, chatgpt.secret]) {
      expect(kept).not.toContain(secret);
    }
    expect(kept).toContain('RefreshToken');
    expect(await app.sql(`SELECT model FROM auth_oidc_payloads WHERE expires_at < now()`)).toEqual([]);
  });

  it('answers 503 when the database is unavailable, not "wrong secret", and spends nothing', async () => {
    const { body } = await newTokens();
    const outage = Object.assign(new Error('the database is unavailable'), { code: 'ECONNREFUSED' });
    const database = app.web.get(Database);

    const query = jest.spyOn(database, 'query').mockRejectedValue(outage);
    const failed = await chatgpt.refresh(body.refresh_token);
    query.mockRestore();

    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '2']);
    expect(failed.body).toEqual({ error: 'server_error', error_description: expect.any(String) as string });
    expect((await chatgpt.refresh(body.refresh_token)).status).toBe(200);
  });
});

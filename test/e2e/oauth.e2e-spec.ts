import { TestApp } from '../support/app';
import { Form, type PageAnswer } from '../support/form';
import {
  callbackOf,
  challengeOf,
  CHATGPT_CALLBACK,
  newBrowser,
  newVerifier,
  OAuthClient,
  PASSWORD,
  setUpChatGpt,
} from '../support/oauth';

const OPERATOR_SCOPE = 'profile:read operator';

describe('the authorization server', () => {
  let app: TestApp;
  let chatgpt: OAuthClient;
  let swagger: OAuthClient;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false, env: { TRUSTED_PROXIES: '1' } });
    chatgpt = await setUpChatGpt(app);
    swagger = new OAuthClient(
      app.apiUrl,
      'swagger-operator',
      undefined,
      `${app.apiUrl}/docs/oauth2-redirect.html`,
    );
  });
  afterAll(() => app.stop());

  const pathOf = (body: string) =>
    /action="(\/interaction\/[^"/]+)\/allow"/.exec(body)?.[1] ?? 'no interaction';
  const statusOf = async (path: string, token: string | undefined) =>
    (await fetch(`${app.apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('leads a visitor from ChatGPT through registration and consent back to ChatGPT', async () => {
    const browser = new Form(app.apiUrl);
    const signIn = await browser.follow(await browser.get(chatgpt.authorizePath({ state: 'a b&c' })));
    const returnTo = /name="return_to" value="([^"]+)"/.exec(signIn.body)?.[1] ?? '';
    const email = `walk-${crypto.randomUUID()}@example.test`;

    const registered = await browser.post('/register', {
      full_name: 'Ada',
      email,
      password: PASSWORD,
      return_to: returnTo,
    });
    const consent = await browser.follow(registered);
    const back = await browser.follow(await browser.post(`${pathOf(consent.body)}/allow`, {}));

    expect(signIn.body).toContain('Sign in to connect your course');
    expect(consent.body).toContain(`Continue as ${email}`);
    expect(consent.body).toContain(
      'Create payment links, cancel or resume your subscription, and request refunds',
    );
    expect(back.location).toMatch(new RegExp(`^${CHATGPT_CALLBACK.replaceAll('.', '\\.')}\\?code=`));
    expect(Object.fromEntries(callbackOf(back))).toMatchObject({ state: 'a b&c', iss: app.apiUrl });
  });

  it('asks again when someone is signed in and has agreed before', async () => {
    const { browser, email } = await newBrowser(app);
    await chatgpt.authorize(browser);

    const { body } = await browser.follow(await browser.get(chatgpt.authorizePath()));

    expect(body).toContain(`Continue as ${email}`);
  });

  it('lets another account take over, and says no when told', async () => {
    const { browser, email } = await newBrowser(app);
    const other = await newBrowser(app);
    const consent = await browser.follow(await browser.get(chatgpt.authorizePath()));
    const path = pathOf(consent.body);

    const signIn = await browser.follow(await browser.post(`${path}/switch`, {}));
    const again = await browser.follow(
      await browser.post('/sign-in', { email: other.email, password: PASSWORD, return_to: path }),
    );
    const denied = callbackOf(await browser.follow(await browser.post(`${path}/deny`, {})));

    expect(signIn.body).toContain('<h1>Sign in</h1>');
    expect(again.body).toContain(`Continue as ${other.email}`);
    expect(again.body).not.toContain(email);
    expect([denied.get('error'), denied.get('state'), denied.get('code')]).toEqual([
      'access_denied',
      'state-1',
      null,
    ]);
  });

  it.each([
    ['as the database', 0],
    ['ahead of the database', 90_000],
    ['behind the database', -90_000],
  ])(
    'asks the user to sign in again when the application requires it, with a clock %s',
    async (_, skewMs) => {
      const { browser, email } = await newBrowser(app);
      const clock = jest.spyOn(Date, 'now');
      const realNow = performance.timeOrigin;
      clock.mockImplementation(() => Math.floor(realNow + performance.now()) + skewMs);
      try {
        const first = await browser.follow(await browser.get(chatgpt.authorizePath({ prompt: 'login' })));
        const returnTo = /name="return_to" value="([^"]+)"/.exec(first.body)?.[1] ?? '';
        const then = await browser.follow(
          await browser.post('/sign-in', { email, password: PASSWORD, return_to: returnTo }),
        );

        expect(first.body).toContain('<h1>Sign in</h1>');
        expect(then.body).toContain(`Continue as ${email}`);
      } finally {
        clock.mockRestore();
      }
    },
  );

  it('makes one connection of ten consents in parallel', async () => {
    const { browser, email } = await newBrowser(app);
    const path = pathOf((await browser.follow(await browser.get(chatgpt.authorizePath()))).body);

    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.post(`${path}/allow`, {})));
    const back = callbackOf(await browser.follow(answers[0] as PageAnswer));

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303));
    expect((await chatgpt.exchange(back.get('code'))).status).toBe(200);
    const [row] = await app.sql(
      `SELECT count(*)::int AS connections FROM auth_sessions s JOIN users u ON u.id = s.user_id
        WHERE u.email = $1 AND s.kind = 'application'`,
      [email],
    );
    expect(row).toEqual({ connections: 1 });
  });

  it('says that a request was answered when the user goes back to it', async () => {
    const { browser } = await newBrowser(app);
    const path = pathOf((await browser.follow(await browser.get(chatgpt.authorizePath()))).body);
    await browser.follow(await browser.post(`${path}/allow`, {}));

    const back = await browser.get(path);

    expect(back.status).toBe(400);
    expect(back.body).toContain('<h1>This request was already answered or has expired</h1>');
    expect(back.body).not.toContain('link is incomplete');
  });

  it('stores a bounded number of requests from one address', async () => {
    const from = { 'x-forwarded-for': '198.51.100.77' };
    const browser = new Form(app.apiUrl);
    // One is forgotten every five seconds, so a slow machine sends a few more.
    let refused = await browser.get(chatgpt.authorizePath(), from);
    for (let sent = 1; sent < 300 && refused.status === 303; sent += 1) {
      refused = await browser.get(chatgpt.authorizePath(), from);
    }

    expect([refused.status, refused.location]).toEqual([429, null]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await browser.get(chatgpt.authorizePath())).status).toBe(303);
  });

  it('belongs to the browser that began it, and is over once it is answered', async () => {
    const { browser } = await newBrowser(app);
    const thief = await newBrowser(app);
    const { body } = await browser.follow(await browser.get(chatgpt.authorizePath()));
    const path = pathOf(body);

    const stolen = [await thief.browser.get(path), await thief.browser.post(`${path}/allow`, {})];
    const back = callbackOf(await browser.follow(await browser.post(`${path}/allow`, {})));
    const late = [await browser.get(path), await browser.post(`${path}/allow`, {})];

    expect(back.get('code')).not.toBeNull();
    for (const answer of [...stolen, ...late]) {
      expect([answer.status, answer.location]).toEqual([400, null]);
      expect(answer.body).toContain('<h1>');
    }
  });

  it('cannot be answered by a page of another site', async () => {
    const { browser } = await newBrowser(app);
    const { body } = await browser.follow(await browser.get(chatgpt.authorizePath()));

    const { status } = await browser.post(`${pathOf(body)}/allow`, {}, { 'sec-fetch-site': 'cross-site' });

    expect(status).toBe(403);
  });

  it('lets the consent form lead to the application that asks, and nowhere else', async () => {
    const { browser } = await newBrowser(app);
    const { headers } = await browser.follow(await browser.get(chatgpt.authorizePath()));

    expect(headers.get('content-security-policy')).toMatch(/form-action 'self' https:\/\/chatgpt\.com(;|$)/);
  });

  describe('shows a page and sends nobody anywhere', () => {
    it.each([
      ['a callback that is not registered', { redirect_uri: 'https://chatgpt.com/aip/other/oauth/callback' }],
      ['a registered callback with more behind it', { redirect_uri: `${CHATGPT_CALLBACK}/x` }],
      ['a registered callback in other letters', { redirect_uri: CHATGPT_CALLBACK.toUpperCase() }],
      ['a registered callback with a query', { redirect_uri: `${CHATGPT_CALLBACK}?x=1` }],
      ['no callback where two are registered', { redirect_uri: undefined }],
      ['no callback of a client that has one', { client_id: 'swagger-operator', redirect_uri: undefined }],
      ['an unknown client', { client_id: 'nobody' }],
      ['a client that looks like SQL', { client_id: `' OR 1=1 --` }],
      ['a client with a NUL', { client_id: 'chatgpt-actions\0' }],
      ['no client', { client_id: undefined }],
      ['a client twice', { client_id: 'chatgpt-actions&client_id=chatgpt-actions' }],
    ])('for %s', async (_, parameters) => {
      const { status, location, body } = await new Form(app.apiUrl).get(chatgpt.authorizePath(parameters));

      expect([status, location]).toEqual([400, null]);
      expect(body).toContain('<h1>This application cannot be connected</h1>');
    });
  });

  describe('sends the application away', () => {
    it.each([
      ['that wants a token without a code', { response_type: 'token' }, 'unsupported_response_type'],
      ['that asks for a scope it may not have', { scope: 'chapters:read operator' }, 'invalid_scope'],
      ['that wants no questions asked', { prompt: 'none' }, 'login_required'],
      [
        'that sends the plain PKCE method',
        { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' },
        'invalid_request',
      ],
      ['that names another API', { resource: 'https://elsewhere.example/api' }, 'invalid_target'],
    ])('%s', async (_, parameters, error) => {
      const { browser } = await newBrowser(app);
      const answer = await browser.get(chatgpt.authorizePath(parameters));

      const where = new URL(answer.location ?? '');
      const sent = new URLSearchParams(where.search || where.hash.slice(1));
      expect([where.origin, sent.get('error'), sent.get('state')]).toEqual([
        'https://chatgpt.com',
        error,
        'state-1',
      ]);
    });

    it.each([[''], [undefined], ['unknown:scope']])(
      'that requests no scope (%s), before anyone signs in',
      async (scope) => {
        const answer = await new Form(app.apiUrl).get(chatgpt.authorizePath({ scope }));

        const back = callbackOf(answer);
        expect([back.get('error'), back.get('code')]).toEqual(['invalid_scope', null]);
      },
    );

    it.each([['form_post'], ['fragment'], ['jwt']])('that wants the response mode %s', async (mode) => {
      const answer = await new Form(app.apiUrl).get(chatgpt.authorizePath({ response_mode: mode }));

      expect([answer.status, callbackOf(answer).get('error')]).toEqual([303, 'unsupported_response_mode']);
    });

    it.each([['state'], ['nonce'], ['login_hint'], ['ui_locales']])('whose %s is long', async (name) => {
      const count = async () => app.sql('SELECT count(*)::int AS n FROM auth_oidc_payloads');
      const before = await count();

      const answer = await new Form(app.apiUrl).get(chatgpt.authorizePath({ [name]: 'x'.repeat(1025) }));

      expect(callbackOf(answer).get('error')).toBe('invalid_request');
      await expect(count()).resolves.toEqual(before);
    });
  });

  it('returns any state it was given', async () => {
    const { browser } = await newBrowser(app);
    const state = `a+b%20c&d\0\ud800"é\u{1f600}`;

    const back = await chatgpt.authorize(browser, { state });

    expect(back.get('state')).toBe(new URLSearchParams({ state }).get('state')?.replace('\ud800', '\ufffd'));
  });

  it('drops scopes that nobody knows', async () => {
    const { browser } = await newBrowser(app);
    const back = await chatgpt.authorize(browser, { scope: 'chapters:read nonsense' });

    const { body } = await chatgpt.exchange(back.get('code'));

    expect(body.scope).toBe('chapters:read');
  });

  describe('holds a client without a secret to PKCE', () => {
    const authorize = async (parameters: Record<string, string>) => {
      const { browser } = await newBrowser(app);
      return swagger.authorize(browser, { scope: 'profile:read', ...parameters });
    };

    it('and refuses to begin without it', async () => {
      const { browser } = await newBrowser(app);
      const answer = await browser.get(swagger.authorizePath({ scope: 'profile:read' }));

      expect(new URL(answer.location ?? '').searchParams.get('error')).toBe('invalid_request');
    });

    it('and gives tokens for the right verifier only', async () => {
      const verifier = newVerifier();
      const challenge = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' };

      const wrong = await swagger.exchange((await authorize(challenge)).get('code'), {
        code_verifier: newVerifier(),
      });
      const missing = await swagger.exchange((await authorize(challenge)).get('code'));
      const right = await swagger.exchange((await authorize(challenge)).get('code'), {
        code_verifier: verifier,
      });

      expect([wrong.status, missing.status, right.status]).toEqual([400, 400, 200]);
    });

    it('and a client with a secret that began with it cannot go on without', async () => {
      const { browser } = await newBrowser(app);
      const challenge = { code_challenge: challengeOf(newVerifier()), code_challenge_method: 'S256' };
      const back = await chatgpt.authorize(browser, challenge);

      expect((await chatgpt.exchange(back.get('code'))).status).toBe(400);
    });

    it('never grants the operator scope to a student', async () => {
      const verifier = newVerifier();
      const challenge = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' };
      const back = await authorize({ ...challenge, scope: OPERATOR_SCOPE });

      const { body } = await swagger.exchange(back.get('code'), { code_verifier: verifier });

      expect(body.scope).toBe('profile:read');
      await expect(statusOf('/api/v1/operator/audit-log', body.access_token)).resolves.toBe(403);
    });

    it('and gives it no refresh token, but a new code without a prompt while its operator is signed in', async () => {
      const { browser, email } = await newBrowser(app);
      await app.sql(`UPDATE users SET role = 'operator' WHERE email = $1`, [email]);
      const verifier = newVerifier();
      const parameters = {
        scope: OPERATOR_SCOPE,
        code_challenge: challengeOf(verifier),
        code_challenge_method: 'S256',
      };
      const renew = (own = browser, more = {}) =>
        own.get(swagger.authorizePath({ ...parameters, prompt: 'none', ...more })).then(callbackOf);
      const errorOf = async (answer: Promise<URLSearchParams>) => (await answer).get('error');

      const beforeConsent = await errorOf(renew());
      const back = await swagger.authorize(browser, parameters);
      const first = await swagger.exchange(back.get('code'), { code_verifier: verifier });
      const renewed = await swagger.exchange((await renew()).get('code'), { code_verifier: verifier });

      expect(beforeConsent).toBe('consent_required');
      expect(first.body.refresh_token).toBeUndefined();
      expect([renewed.body.scope, renewed.body.refresh_token]).toEqual([OPERATOR_SCOPE, undefined]);
      await expect(statusOf('/api/v1/operator/audit-log', renewed.body.access_token)).resolves.toBe(200);
      expect(await errorOf(renew(browser, { scope: `${OPERATOR_SCOPE} chapters:read` }))).toBe(
        'consent_required',
      );
      expect(await errorOf(renew(new Form(app.apiUrl)))).toBe('login_required');
      expect(await errorOf(renew((await newBrowser(app)).browser))).toBe('login_required');
      await app.sql(`UPDATE users SET role = 'student' WHERE email = $1`, [email]);
      expect(await errorOf(renew())).toBe('login_required');
      await app.sql(`UPDATE users SET role = 'operator' WHERE email = $1`, [email]);
      await browser.post('/sign-out', {});
      expect(await errorOf(renew())).toBe('login_required');
    });

    it('and gives it to an operator, for as long as they are one', async () => {
      const { browser, email } = await newBrowser(app);
      await app.sql(`UPDATE users SET role = 'operator' WHERE email = $1`, [email]);
      const verifier = newVerifier();
      const challenge = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' };
      const back = await swagger.authorize(browser, { ...challenge, scope: OPERATOR_SCOPE });
      const { body } = await swagger.exchange(back.get('code'), { code_verifier: verifier });

      const asOperator = await statusOf('/api/v1/operator/audit-log', body.access_token);
      await app.sql(`UPDATE users SET role = 'student' WHERE email = $1`, [email]);

      expect([body.scope, asOperator]).toEqual([OPERATOR_SCOPE, 200]);
      await expect(statusOf('/api/v1/operator/audit-log', body.access_token)).resolves.toBe(403);
    });
  });

  describe('describes itself', () => {
    it.each(['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'])(
      'at %s, with nothing that is switched off',
      async (path) => {
        const answer = await fetch(`${app.apiUrl}${path}`);

        expect(await answer.json()).toMatchObject({
          issuer: app.apiUrl,
          authorization_endpoint: `${app.apiUrl}/oauth/authorize`,
          token_endpoint: `${app.apiUrl}/oauth/token`,
          jwks_uri: `${app.apiUrl}/.well-known/jwks.json`,
          response_types_supported: ['code'],
          response_modes_supported: ['query'],
          grant_types_supported: ['authorization_code', 'refresh_token'],
          code_challenge_methods_supported: ['S256'],
          token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'none'],
          op_policy_uri: `${app.apiUrl}/privacy`,
          op_tos_uri: `${app.apiUrl}/terms`,
        });
      },
    );

    it('under its own address, with any Host header', async () => {
      const answer = await fetch(`${app.apiUrl}/.well-known/oauth-authorization-server`, {
        headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      });

      expect(await answer.text()).not.toContain('evil.example');
    });

    it('with the headers of every other answer', async () => {
      const answer = await fetch(`${app.apiUrl}/oauth/nowhere`);

      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'`);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    });
  });
});

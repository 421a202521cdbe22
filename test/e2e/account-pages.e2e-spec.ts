import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { newBrowser, PASSWORD, setUpChatGpt, type OAuthClient } from '../support/oauth';

describe('the account page', () => {
  let app: TestApp;
  let chatgpt: OAuthClient;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
    chatgpt = await setUpChatGpt(app);
  });
  afterAll(() => app.stop());

  async function connected() {
    const { browser, email } = await newBrowser(app);
    const { body } = await chatgpt.exchange((await chatgpt.authorize(browser)).get('code'));
    return { browser, email, tokens: body };
  }
  const statusOfMe = async (token: string | undefined) =>
    (await fetch(`${app.apiUrl}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  const otherSignIn = async (email: string) => {
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', { email, password: PASSWORD }, { 'user-agent': 'Firefox/144 (Windows)' });
    return browser;
  };
  const login = async (email: string) => {
    const answer = await fetch(`${app.apiUrl}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };

  it('sends strangers to sign in and back, and programs away', async () => {
    const browser = await new Form(app.apiUrl).get('/account?done=ended');
    const posted = await new Form(app.apiUrl).post('/account/sign-ins/end-others', {});
    const program = await fetch(`${app.apiUrl}/account`, { headers: { accept: 'application/json' } });

    expect([browser.status, browser.location]).toEqual([303, '/sign-in?return_to=%2Faccount%3Fdone%3Dended']);
    expect([posted.status, posted.location]).toEqual([303, '/sign-in']);
    expect([program.status, await program.json()]).toMatchObject([401, { code: 'sign_in_required' }]);
  });

  it('does not take an access token for a session of this browser', async () => {
    const { tokens } = await connected();

    const answer = await new Form(app.apiUrl).get('/account', {
      authorization: `Bearer ${tokens.access_token}`,
    });

    expect(answer.status).toBe(303);
  });

  it('shows connected applications and sessions, each with a way to end it', async () => {
    const { browser, email } = await connected();
    await otherSignIn(email);
    await login(email);

    const { body } = await browser.get('/account');

    expect(body).toContain(email);
    expect(body).toContain('Disconnect ChatGPT');
    expect(body).toContain('Firefox on Windows');
    expect(body).toContain('An API client');
    expect(body.match(/this browser/g)).toHaveLength(1);
    expect(body.match(/Sign out there/g)).toHaveLength(2);
  });

  it('shows that an address is not verified yet, and resends the email from there, not too soon', async () => {
    const { browser, email } = await newBrowser(app);
    const [, path = ''] = /action="(\/account\/email[^"]+)"/.exec((await browser.get('/account')).body) ?? [];

    const soon = await browser.follow(await browser.post(path, {}));
    await app.sql(
      `UPDATE auth_email_tokens SET issued_at = issued_at - interval '2 minutes'
       WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
      [email],
    );
    const sent = await browser.follow(await browser.post(path, {}));

    expect(path).toBe('/account/email/resend');
    expect(soon.body).toContain('We just sent that email');
    expect(sent.body).toContain('We sent the email');
    const mails = await app.sql(
      `SELECT 1 FROM outbox WHERE key LIKE (SELECT 'verify_email:' || id || ':%' FROM users WHERE email = $1)`,
      [email],
    );
    expect(mails).toHaveLength(2);
  });

  it('does not ask for a confirmation that was given', async () => {
    const { browser, email } = await newBrowser(app);
    await app.sql(`UPDATE users SET email_verified_at = now() WHERE email = $1`, [email]);

    expect((await browser.get('/account')).body).not.toContain('not verified yet');
  });

  it('disconnects an application immediately: access token, refresh token and code', async () => {
    const { browser, tokens } = await connected();
    const code = (await chatgpt.authorize(browser)).get('code');

    const answer = await browser.follow(
      await browser.post('/account/connections/chatgpt-actions/disconnect', {}),
    );

    expect(answer.body).toContain('The application is disconnected');
    expect(answer.body).toContain('None. Connect your course');
    await expect(statusOfMe(tokens.access_token)).resolves.toBe(401);
    expect((await chatgpt.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await chatgpt.exchange(code)).status).toBe(400);
  });

  it('disconnects only for its own user', async () => {
    const [mine, theirs] = [await connected(), await connected()];

    await mine.browser.post('/account/connections/chatgpt-actions/disconnect', {});

    await expect(statusOfMe(theirs.tokens.access_token)).resolves.toBe(200);
  });

  it('ends another sign-in, and nobody else’s', async () => {
    const { browser, email } = await newBrowser(app);
    const other = await otherSignIn(email);
    const stranger = await newBrowser(app);
    const idOf = (body: string) => /action="\/account\/sign-ins\/([0-9a-f-]{36})\/end"/.exec(body)?.[1] ?? '';
    const id = idOf((await browser.get('/account')).body);

    await stranger.browser.post(`/account/sign-ins/${id}/end`, {});
    const before = await other.get('/account');
    await browser.post(`/account/sign-ins/${id}/end`, {});
    const after = await other.get('/account');

    expect([before.status, after.status]).toEqual([200, 303]);
  });

  it('signs out everywhere else, applications included, but not here', async () => {
    const { browser, email, tokens } = await connected();
    const other = await otherSignIn(email);
    const api = await login(email);

    const answer = await browser.follow(await browser.post('/account/sign-ins/end-others', {}));

    expect(answer.body).toContain('signed out everywhere else');
    expect((await other.get('/account')).status).toBe(303);
    await expect(statusOfMe(api)).resolves.toBe(401);
    await expect(statusOfMe(tokens.access_token)).resolves.toBe(401);
  });

  it('answers mistyped addresses with a page', async () => {
    const { browser } = await newBrowser(app);
    const wrong = await browser.post('/account/sign-ins/not-an-id/end', {});

    expect([wrong.status, wrong.body.includes('<h1>')]).toEqual([400, true]);
    expect((await browser.get('/account?done=nonsense')).status).toBe(200);
  });

  it('ends after two weeks', async () => {
    const { browser, email } = await newBrowser(app);
    const [row] = await app.sql<{ days: number }>(
      `SELECT extract(day FROM s.expires_at - s.created_at)::int AS days
         FROM auth_sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1`,
      [email],
    );
    await app.sql(`UPDATE auth_sessions SET expires_at = now() WHERE kind = 'browser'`);

    expect(row?.days).toBe(14);
    expect((await browser.get('/account')).status).toBe(303);
  });
});

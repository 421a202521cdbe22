import { TestApp } from '../support/app';
import { Form } from '../support/form';

describe('signing in on our pages', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
  });
  afterAll(() => app.stop());

  const PASSWORD = 'correct horse battery';
  const browser = () => new Form(app.apiUrl);
  const newAddress = () => `pages-${crypto.randomUUID()}@example.test`;

  async function registered(email = newAddress()) {
    const form = browser();
    const answer = await form.post('/register', { full_name: 'Ada <b>', email, password: PASSWORD });
    return { form, email, answer };
  }

  it('registers, signs in at once and leads on to the page it came for', async () => {
    const form = browser();
    const { status, body } = await form.get('/register?return_to=%2Finteraction%2Fabc');

    const answer = await form.post('/register', {
      full_name: 'Ada',
      email: newAddress(),
      password: PASSWORD,
      return_to: '/interaction/abc',
    });

    expect([status, body.includes('name="return_to" value="/interaction/abc"')]).toEqual([200, true]);
    expect([answer.status, answer.location]).toEqual([303, '/interaction/abc']);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('keeps a hash of the cookie and the device in words, nothing else', async () => {
    const { email } = await registered();

    const [row] = await app.sql<{ cookie_hash: Buffer; device: string; kind: string }>(
      `SELECT s.* FROM auth_sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1`,
      [email],
    );

    expect(row).toMatchObject({ kind: 'browser', device: 'A browser' });
    expect(row?.cookie_hash).toHaveLength(32);
  });

  it('makes nothing when the address is taken, and shows what was typed, escaped', async () => {
    const { email } = await registered();

    const { answer } = await registered(email);

    expect(answer.status).toBe(422);
    expect(answer.body).toContain('An account with this email address already exists');
    expect(answer.body).toContain('value="Ada &lt;b&gt;"');
    expect(answer.body).not.toContain(PASSWORD);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('says beside each field what is wrong with it', async () => {
    const { status, body } = await browser().post('/register', {
      full_name: '',
      email: 'x',
      password: 'short',
    });

    expect(status).toBe(422);
    expect(body).toContain('<title>Error: Create your account');
    expect(body.match(/class="field-error"/g)).toHaveLength(3);
    expect(body).toContain('aria-describedby="password-hint password-error"');
  });

  it('answers an unknown address and a wrong password alike', async () => {
    const { email } = await registered();

    const answers = await Promise.all([
      browser().post('/sign-in', { email, password: 'wrong horse battery' }),
      browser().post('/sign-in', { email: newAddress(), password: PASSWORD }),
    ]);

    const shown = answers.map(({ status, body }) => [status, /role="alert">([^<]+)/.exec(body)?.[1]]);
    expect(shown[0]).toEqual([422, 'The email address or the password is wrong.']);
    expect(shown[1]).toEqual(shown[0]);
  });

  it('never leads to another site', async () => {
    const { email } = await registered();

    for (const return_to of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      const answer = await browser().post('/sign-in', { email, password: PASSWORD, return_to });
      expect([return_to, answer.status, answer.location]).toEqual([return_to, 303, '/account']);
    }
  });

  it('gives every session a new cookie and ends the one that this browser had', async () => {
    const { form, email } = await registered();
    const first = form.cookie('session');

    await form.post('/sign-in', { email, password: PASSWORD });

    expect(form.cookie('session')).not.toBe(first);
    const open = await app.sql(
      `SELECT 1 FROM auth_sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1 AND revoked_at IS NULL`,
      [email],
    );
    expect(open).toHaveLength(1);
  });

  it('signs out at once, and twice without harm', async () => {
    const { form, email } = await registered();
    const stolen = form.cookie('session');

    const answers = [await form.post('/sign-out', {}), await form.post('/sign-out', {})];

    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, '/sign-in'],
      [303, '/sign-in'],
    ]);
    expect(form.cookie('session')).toBeUndefined();
    expect(stolen).toBeDefined();
    const reasons = await app.sql(
      `SELECT revoke_reason FROM auth_sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1`,
      [email],
    );
    expect(reasons).toEqual([{ revoke_reason: 'logout' }]);
  });

  it('refuses forms that another site posts, signing in included', async () => {
    const { email } = await registered();

    const { status, body } = await browser().post(
      '/sign-in',
      { email, password: PASSWORD },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    );

    expect(status).toBe(403);
    expect(body).toContain('<h1>');
  });

  it('carries headers that let its forms go to us only', async () => {
    const { headers } = await browser().get('/sign-in');

    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/);
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual([
      'same-origin',
      'no-store',
    ]);
  });
});

import { Database } from '../../src/database/database';
import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { call, type Answer } from '../support/http';
import { STUDENT_PASSWORD } from '../support/student';
import { eventually } from '../support/wait';

const NEW_PASSWORD = 'another horse battery';
const SUBJECT = 'Set a new password';

/** Each request from another address: limits by address have tests of their own. */
const fromAnywhere = () => ({
  'x-forwarded-for': `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 250)).join('.')}`,
});

describe('resetting a password', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRUSTED_PROXIES: '1' } });
  });
  afterAll(() => app.stop());

  const post = (operation: string, body: unknown, headers = fromAnywhere()): Promise<Answer> =>
    call('POST', `${app.apiUrl}/api/v1/auth/${operation}`, { body, headers });
  const login = async (email: string, password: string) => (await post('login', { email, password })).status;
  const problem = ({ status, body }: Answer) => [status, body['code']];
  const tokenIn = (link: string | undefined) => new URL(link ?? '').searchParams.get('token') ?? '';

  /** As if the last mail had been asked for a while ago. */
  const letTimePass = (email: string, minutes: number) =>
    app.sql(
      `UPDATE auth_email_tokens t SET issued_at = issued_at - make_interval(mins => $2),
         expires_at = expires_at - make_interval(mins => $2)
       FROM users u WHERE u.id = t.user_id AND u.email = $1 AND t.purpose = 'reset_password'`,
      [email, minutes],
    );

  /** The worker has looked all requests up. */
  const answered = () =>
    eventually(async () => expect(await app.sql('SELECT 1 FROM auth_email_requests')).toEqual([]));

  async function askedFor(email: string): Promise<string> {
    const before = (await app.mails.list(email)).filter(({ subject }) => subject === SUBJECT).length;
    expect((await post('forgot-password', { email })).status).toBe(200);
    const { link } = await app.mails.waitFor(email, SUBJECT, before + 1);
    return tokenIn(link);
  }

  it('emails a link with which a new password can be set, once', async () => {
    const { email } = await app.student();
    const token = await askedFor(email);

    const answer = await post('reset-password', { token, new_password: NEW_PASSWORD });

    expect([answer.status, answer.body]).toEqual([200, { password_changed: true }]);
    expect([await login(email, STUDENT_PASSWORD), await login(email, NEW_PASSWORD)]).toEqual([401, 200]);
    expect(problem(await post('reset-password', { token, new_password: 'third horse' }))).toEqual([
      400,
      'link_not_valid',
    ]);
    expect(problem(await post('verify-email', { token }))).toEqual([400, 'link_not_valid']);
    expect(await login(email, NEW_PASSWORD)).toBe(200);
  });

  it('stores only the hash of the token, and nothing of the email once it is sent', async () => {
    const { email, id } = await app.student();
    const token = await askedFor(email);

    const [row] = await app.sql<{ everything: string; token_hash: Buffer }>(
      `SELECT t::text AS everything, token_hash FROM auth_email_tokens t
       WHERE user_id = $1 AND purpose = 'reset_password'`,
      [id],
    );
    const mails = await app.sql<{ content: Buffer | null }>(
      `SELECT content FROM outbox WHERE key LIKE $1 AND status = 'sent'`,
      [`reset_password:${id}:%`],
    );

    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(row?.token_hash).toHaveLength(32);
    expect(row?.everything).not.toContain(token);
    expect(mails).toEqual([{ content: null }]);
  });

  it('revokes every session: API, browsers and connected applications', async () => {
    const student = await app.student();
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', { email: student.email, password: STUDENT_PASSWORD });
    await app.sql(
      `INSERT INTO auth_sessions (user_id, kind, client_id, expires_at)
       VALUES ($1, 'application', 'chatgpt-actions', now() + interval '1 day')`,
      [student.id],
    );
    expect((await browser.get('/account/password')).status).toBe(200);

    const token = await askedFor(student.email);
    await post('reset-password', { token, new_password: NEW_PASSWORD });

    expect((await student.get('/auth/me')).status).toBe(401);
    expect((await browser.get('/account/password')).location).toContain('/sign-in');
    const reasons = await app.sql(
      'SELECT kind, revoke_reason FROM auth_sessions WHERE user_id = $1 ORDER BY kind',
      [student.id],
    );
    expect(reasons).toEqual(
      ['api', 'application', 'browser'].map((kind) => ({ kind, revoke_reason: 'password_changed' })),
    );
  });

  it('notifies the owner by email without a link, and verifies the address', async () => {
    const student = await app.student();
    const token = await askedFor(student.email);

    await post('reset-password', { token, new_password: NEW_PASSWORD });

    const notice = await app.mails.waitFor(student.email, 'Your password was changed');
    expect(notice.text).toContain(`${app.apiUrl}/forgot-password`);
    expect(notice.text).not.toContain('token=');
    const signedIn = await post('login', { email: student.email, password: NEW_PASSWORD });
    expect(signedIn.body['user']).toMatchObject({ email_verified: true });
  });

  it('accepts a link once when it is used twice in parallel', async () => {
    const { email } = await app.student();
    const token = await askedFor(email);
    const passwords = ['first horse battery', 'second horse battery', 'third horse battery'];

    const answers = await Promise.all(
      passwords.map((new_password) => post('reset-password', { token, new_password })),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400]);
    const winner = passwords[answers.findIndex(({ status }) => status === 200)];
    for (const password of passwords) {
      expect(await login(email, password)).toBe(password === winner ? 200 : 401);
    }
    const notices = (await app.mails.list(email)).filter(({ subject }) => subject.includes('was changed'));
    expect(notices.length).toBeLessThanOrEqual(1);
  });

  it('rejects a link when a newer one is sent', async () => {
    const { email } = await app.student();
    const older = await askedFor(email);
    await letTimePass(email, 2);
    const newer = await askedFor(email);

    expect(problem(await post('reset-password', { token: older, new_password: NEW_PASSWORD }))).toEqual([
      400,
      'link_not_valid',
    ]);
    expect((await post('reset-password', { token: newer, new_password: NEW_PASSWORD })).status).toBe(200);
  });

  it('rejects a link when the password is changed', async () => {
    const student = await app.student();
    const token = await askedFor(student.email);
    await student.post('/auth/change-password', {
      current_password: STUDENT_PASSWORD,
      new_password: NEW_PASSWORD,
    });

    expect(problem(await post('reset-password', { token, new_password: 'third horse' }))).toEqual([
      400,
      'link_not_valid',
    ]);
    expect(await login(student.email, NEW_PASSWORD)).toBe(200);
  });

  it('rejects a link after half an hour', async () => {
    const { email } = await app.student();
    const token = await askedFor(email);
    await letTimePass(email, 31);

    expect(problem(await post('reset-password', { token, new_password: NEW_PASSWORD }))).toEqual([
      400,
      'link_not_valid',
    ]);
  });

  it('takes no link that was sent for something else', async () => {
    const { email } = await app.student();
    const { link } = await app.mails.waitFor(email, 'Verify your email address');

    expect(
      problem(await post('reset-password', { token: tokenIn(link), new_password: NEW_PASSWORD })),
    ).toEqual([400, 'link_not_valid']);
  });

  it('answers for an unknown address exactly as for a known one, and emails nothing', async () => {
    const { email } = await app.student();
    const stranger = `nobody-${crypto.randomUUID()}@example.test`;

    const known = await post('forgot-password', { email });
    const unknown = await post('forgot-password', { email: stranger });

    const visible = ({ status, text, headers }: Answer) => [status, text, [...headers.keys()].toSorted()];
    expect(visible(unknown)).toEqual(visible(known));
    await app.mails.waitFor(email, SUBJECT);
    expect(await app.mails.list(stranger)).toEqual([]);
  });

  it.each([
    ['forgot-password', '/api/v1/auth/forgot-password'],
    ['the page for a forgotten password', '/forgot-password'],
    ['the page for another verification email', '/verify-email/resend'],
  ])('only stores the request, by the same statements for any address (%s)', async (_, path) => {
    const { email } = await app.student();
    const statementsFor = async (address: string) => {
      const query = jest.spyOn(app.web.get(Database), 'query');
      const answer = await fetch(`${app.apiUrl}${path}`, {
        method: 'POST',
        headers: { ...fromAnywhere(), 'sec-fetch-site': 'same-origin' },
        body: path.startsWith('/api')
          ? JSON.stringify({ email: address })
          : new URLSearchParams({ email: address }),
        ...(path.startsWith('/api') && {
          headers: { ...fromAnywhere(), 'content-type': 'application/json' },
        }),
      });
      const statements = query.mock.calls.map(([sql]) => sql);
      query.mockRestore();
      return [answer.status, ...statements];
    };

    const known = await statementsFor(email);
    const unknown = await statementsFor(`no-${email}`);

    expect(unknown).toEqual(known);
    expect(known[0]).toBe(200);
    expect(known.join(' ')).not.toMatch(/\busers\b/);
    expect(known.join(' ')).toContain('auth_email_requests');
  });

  it('emails a link once a minute and ten times a day, and says the same all the time', async () => {
    const { email } = await app.student();
    await askedFor(email);

    const answers = await Promise.all(Array.from({ length: 3 }, () => post('forgot-password', { email })));
    await answered();
    expect(answers.map(({ status, text }) => [status, text])).toEqual(
      Array(3).fill([200, '{"accepted":true}']),
    );
    for (let count = 2; count <= 12; count++) {
      await letTimePass(email, 1);
      // The limit by recipient has tests of its own.
      await app.sql('DELETE FROM auth_attempt_counters');
      await post('forgot-password', { email });
      await answered();
    }

    const [row] = await app.sql<{ count: string }>(
      `SELECT count(*) FROM outbox o JOIN users u ON o.key LIKE 'reset_password:' || u.id || ':%' WHERE u.email = $1`,
      [email],
    );
    expect(Number(row?.count)).toBe(10);
  });

  it('makes anyone who asks from one address again and again wait, the same for an unknown address', async () => {
    const { email } = await app.student();
    const insist = async (address: string) => {
      const headers = fromAnywhere();
      const answers: Answer[] = [];
      for (let count = 0; count < 5; count++)
        answers.push(await post('forgot-password', { email: address }, headers));
      return answers.map((answer) => [answer.status, answer.body['code']]);
    };

    const known = await insist(email);

    expect(known).toContainEqual([429, 'too_many_attempts']);
    expect(known[0]).toEqual([200, undefined]);
    expect(await insist(`no-${email}`)).toEqual(known);
  });

  it('refuses a password that is easy to guess, and keeps the link', async () => {
    const { email } = await app.student();
    const token = await askedFor(email);

    const refused = await post('reset-password', { token, new_password: 'Password1' });

    expect([...problem(refused), refused.body['errors']]).toEqual([
      400,
      'invalid_request',
      [expect.objectContaining({ pointer: '/new_password', code: 'password_too_common' })],
    ]);
    expect((await post('reset-password', { token, new_password: NEW_PASSWORD })).status).toBe(200);
  });

  it.each([
    ['forgot-password', {}],
    ['forgot-password', { email: 'nobody' }],
    ['forgot-password', { email: 'a@b.test', role: 'operator' }],
    ['reset-password', { token: 'x' }],
    ['reset-password', { token: '', new_password: NEW_PASSWORD }],
    ['reset-password', { token: 'x\0', new_password: NEW_PASSWORD }],
    ['reset-password', { token: 'x'.repeat(201), new_password: NEW_PASSWORD }],
    ['reset-password', { token: { $ne: '' }, new_password: NEW_PASSWORD }],
  ])('rejects an invalid body: %s %j', async (operation, body) => {
    expect(problem(await post(operation, body))).toEqual([400, 'invalid_request']);
  });

  it('keeps the link when the new password is not good enough', async () => {
    const { email } = await app.student();
    const token = await askedFor(email);

    const refused = await post('reset-password', { token, new_password: 'short' });

    expect([...problem(refused), refused.body['errors']]).toEqual([
      400,
      'invalid_request',
      [{ pointer: '/new_password', detail: expect.any(String) }],
    ]);
    expect((await post('reset-password', { token, new_password: NEW_PASSWORD })).status).toBe(200);
  });

  describe('on the pages', () => {
    it('leads from the forgotten password to the new one', async () => {
      const { email } = await app.student();
      const form = new Form(app.apiUrl);

      expect((await form.get('/forgot-password')).status).toBe(200);
      const sent = await form.post('/forgot-password', { email }, fromAnywhere());
      expect([sent.status, sent.body]).toEqual([200, expect.stringContaining('Check your email')]);
      const { link = '' } = await app.mails.waitFor(email, SUBJECT);
      const path = link.slice(app.apiUrl.length);
      for (let look = 0; look < 3; look++) {
        const opened = await form.get(path);
        expect([opened.status, opened.body]).toEqual([200, expect.stringContaining('Set a new password')]);
      }
      const done = await form.post('/reset-password', { token: tokenIn(link), new_password: NEW_PASSWORD });

      expect([done.status, done.body]).toEqual([200, expect.stringContaining('Your password was changed')]);
      expect(await login(email, NEW_PASSWORD)).toBe(200);
      const again = await form.get(path);
      expect([again.status, again.body]).toEqual([410, expect.stringContaining('no longer works')]);
    });

    it('shows what is wrong and keeps the link', async () => {
      const { email } = await app.student();
      const form = new Form(app.apiUrl);

      const noAddress = await form.post('/forgot-password', { email: '"><script>' }, fromAnywhere());
      expect([noAddress.status, noAddress.body]).toEqual([
        422,
        expect.stringContaining('must be an email address'),
      ]);
      expect(noAddress.body).not.toContain('<script>');

      const token = await askedFor(email);
      const refused = await form.post('/reset-password', { token, new_password: 'Kurz' });
      expect([refused.status, refused.body]).toEqual([422, expect.stringContaining(`value="${token}"`)]);
      expect(refused.body).not.toContain('Kurz');
      expect((await form.post('/reset-password', { token, new_password: NEW_PASSWORD })).status).toBe(200);
    });

    it.each(['/reset-password', '/reset-password?token=', '/reset-password?token=unknown&token=twice'])(
      'answers %s with a way to another link',
      async (path) => {
        const answer = await new Form(app.apiUrl).get(path);

        expect([answer.status, answer.body]).toEqual([expect.any(Number), expect.stringContaining('<h1>')]);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      },
    );

    it('takes no form from another site', async () => {
      const { email } = await app.student();
      const form = new Form(app.apiUrl);
      const token = await askedFor(email);

      const answer = await form.post(
        '/reset-password',
        { token, new_password: NEW_PASSWORD },
        { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
      );

      expect(answer.status).toBe(403);
      expect(await login(email, STUDENT_PASSWORD)).toBe(200);
    });
  });
});

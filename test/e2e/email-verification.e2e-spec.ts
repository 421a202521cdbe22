import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { call, type Answer } from '../support/http';
import { SandboxControl } from '../support/sandbox-control';

const SUBJECT = 'Verify your email address';

describe('verifying an email address', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ env: { REQUIRE_VERIFIED_EMAIL: 'true' } });
  });
  afterAll(() => app.stop());

  const post = (operation: string, body: unknown): Promise<Answer> =>
    call('POST', `${app.apiUrl}/api/v1/auth/${operation}`, { body });
  const problem = ({ status, body }: Answer) => [status, body['code']];
  const tokenIn = (link: string | undefined) => new URL(link ?? '').searchParams.get('token') ?? '';

  async function registered() {
    const student = await app.student();
    const { link = '' } = await app.mails.waitFor(student.email, SUBJECT);
    return { student, link, token: tokenIn(link) };
  }

  const letTimePass = async (userId: string, time: string) => {
    // The limits by recipient and sender have tests of their own.
    await app.sql('DELETE FROM auth_attempt_counters');
    await app.sql(
      `UPDATE auth_email_tokens SET issued_at = issued_at - $2::interval, expires_at = expires_at - $2::interval
       WHERE user_id = $1`,
      [userId, time],
    );
  };
  const isVerified = async (student: Awaited<ReturnType<TestApp['student']>>) =>
    (await student.get('/auth/me')).body['email_verified'];

  it('emails a link after registration, and verifies the address when the link is used', async () => {
    const { student, link, token } = await registered();
    expect(link).toMatch(new RegExp(`^${app.apiUrl}/verify-email\\?token=[\\w-]{43}$`));
    expect(await isVerified(student)).toBe(false);

    const answer = await post('verify-email', { token });

    expect([answer.status, answer.body]).toEqual([200, { email_verified: true, email: student.email }]);
    expect(await isVerified(student)).toBe(true);
  });

  it('emails it after registration on our pages too', async () => {
    const email = `pages-${crypto.randomUUID()}@example.test`;
    await new Form(app.apiUrl).post('/register', {
      full_name: 'Ada',
      email,
      password: 'correct horse battery',
    });

    const mail = await app.mails.waitFor(email, SUBJECT);

    expect((await post('verify-email', { token: tokenIn(mail.link) })).status).toBe(200);
  });

  it('puts no text of the person who registered into the email', async () => {
    const email = `victim-${crypto.randomUUID()}@example.test`;
    await post('register', { email, password: 'correct horse battery', full_name: 'WIN http://evil.test' });

    const { text, html } = await app.mails.waitFor(email, SUBJECT);

    expect(`${text}${html}`).not.toContain('evil');
  });

  it('makes neither account nor mail when the registration fails', async () => {
    const { student } = await registered();

    const again = await post('register', {
      email: student.email,
      password: 'correct horse battery',
      full_name: 'Eve',
    });

    expect(again.status).toBe(409);
    const rows = await app.sql(`SELECT 1 FROM outbox WHERE key LIKE $1`, [`verify_email:${student.id}:%`]);
    expect(rows).toHaveLength(1);
  });

  it('gives the same answer when a link is used twice', async () => {
    const { student, token } = await registered();

    const answers = await Promise.all([1, 2, 3].map(() => post('verify-email', { token })));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await isVerified(student)).toBe(true);
  });

  it('keeps a link valid when the password is changed', async () => {
    const { student, token } = await registered();
    await student.post('/auth/change-password', {
      current_password: 'correct horse battery',
      new_password: 'another horse battery',
    });

    expect((await post('verify-email', { token })).status).toBe(200);
  });

  it('rejects a link after a day', async () => {
    const { student, token } = await registered();
    await letTimePass(student.id, '25 hours');

    expect(problem(await post('verify-email', { token }))).toEqual([400, 'link_not_valid']);
    expect(await isVerified(student)).toBe(false);
  });

  it('rejects a link when another is sent', async () => {
    const { student, token } = await registered();
    await letTimePass(student.id, '2 minutes');
    expect((await student.post('/auth/resend-verification')).body).toEqual({
      email_verified: false,
      mail_sent: true,
    });
    const { link } = await app.mails.waitFor(student.email, SUBJECT, 2);

    expect(problem(await post('verify-email', { token }))).toEqual([400, 'link_not_valid']);
    expect((await post('verify-email', { token: tokenIn(link) })).status).toBe(200);
  });

  it('emails a link once a minute, and says when to ask again', async () => {
    const { student } = await registered();

    const answer = await student.post('/auth/resend-verification');

    expect(problem(answer)).toEqual([429, 'mail_limit']);
    const wait = Number(answer.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  });

  it('emails ten links a day', async () => {
    const { student } = await registered();
    for (let count = 2; count <= 10; count++) {
      await letTimePass(student.id, '2 minutes');
      expect((await student.post('/auth/resend-verification')).status).toBe(200);
    }
    await letTimePass(student.id, '2 minutes');

    const refused = await student.post('/auth/resend-verification');

    expect(problem(refused)).toEqual([429, 'mail_limit']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3600);
    await app.sql(
      `UPDATE auth_email_tokens SET day_started_at = day_started_at - interval '1 day' WHERE user_id = $1`,
      [student.id],
    );
    expect((await student.post('/auth/resend-verification')).status).toBe(200);
  });

  it('emails nothing when the address is verified', async () => {
    const { student, token } = await registered();
    await post('verify-email', { token });
    await letTimePass(student.id, '2 minutes');

    const answer = await student.post('/auth/resend-verification');

    expect([answer.status, answer.body]).toEqual([200, { email_verified: true, mail_sent: false }]);
  });

  it('asks for a session to resend', async () => {
    expect((await post('resend-verification', {})).status).toBe(401);
  });

  it.each([{ token: 'unknown' }, { token: '../../' }, { token: 'x'.repeat(200) }])(
    'refuses a token that is none: %j',
    async (body) => {
      expect(problem(await post('verify-email', body))).toEqual([400, 'link_not_valid']);
    },
  );

  it.each([{}, { token: '' }, { token: 'x\0' }, { token: 7 }, { token: 'x', more: 1 }])(
    'rejects an invalid body: %j',
    async (body) => {
      expect(problem(await post('verify-email', body))).toEqual([400, 'invalid_request']);
    },
  );

  describe('before a payment', () => {
    it('refuses the link until then, says how to go on, and has asked Stripe for nothing', async () => {
      const { student, token } = await registered();
      const control = new SandboxControl(app.sandbox.url);
      // Any call that reached Stripe would fail and be seen as 503.
      await control.faults({ api: { status: 500 } });

      const refused = await student.post('/payments/create-checkout-session');
      await control.faults({ api: null });

      expect(problem(refused)).toEqual([403, 'email_not_verified']);
      expect(refused.body).toMatchObject({
        next_action: 'verify_email',
        operation_id: 'resendVerificationEmail',
        verify_url: `${app.apiUrl}/verify-email`,
      });
      expect(await app.sql('SELECT 1 FROM stripe_operations WHERE user_id = $1', [student.id])).toEqual([]);
      await post('verify-email', { token });
      expect((await student.post('/payments/create-checkout-session')).status).toBe(200);
    });
  });

  describe('on the pages', () => {
    it('confirms nothing by opening the link, and does by the button', async () => {
      const { student, link, token } = await registered();
      const form = new Form(app.apiUrl);
      const path = link.slice(app.apiUrl.length);

      for (let look = 0; look < 3; look++) {
        const opened = await form.get(path);
        expect([opened.status, opened.body]).toEqual([
          200,
          expect.stringContaining(`Is ${student.email} your email address?`),
        ]);
      }
      expect(await isVerified(student)).toBe(false);
      const done = await form.post('/verify-email', { token });

      expect([done.status, done.body]).toEqual([
        200,
        expect.stringContaining('Your email address is verified'),
      ]);
      expect(await isVerified(student)).toBe(true);
    });

    it('offers another link to a visitor with an expired link or without one', async () => {
      const { student } = await registered();
      await letTimePass(student.id, '2 minutes');
      const form = new Form(app.apiUrl);

      const dead = await form.get('/verify-email?token=unknown');
      expect([dead.status, dead.body]).toEqual([410, expect.stringContaining('The link was already used')]);
      expect((await form.get('/verify-email')).body).not.toContain('role="alert"');
      expect((await form.post('/verify-email', { token: 'unknown' })).status).toBe(422);
      const sent = await form.post('/verify-email/resend', { email: student.email });

      expect(sent.body).toContain('Check your email');
      await app.mails.waitFor(student.email, SUBJECT, 2);
    });

    it('says that the address is verified when the link is opened again', async () => {
      const { student, link } = await registered();
      const form = new Form(app.apiUrl);
      await form.post('/verify-email', { token: tokenIn(link) });

      const again = await form.get(new URL(link).pathname + new URL(link).search);

      expect(again.status).toBe(200);
      expect(again.body).toContain('<h1>Your email address is verified</h1>');
      expect(again.body).toContain(student.email);
    });

    it('says the same of an unknown and of a confirmed address', async () => {
      const { student, token } = await registered();
      await post('verify-email', { token });
      await letTimePass(student.id, '2 minutes');
      const form = new Form(app.apiUrl);

      const unknown = await form.post('/verify-email/resend', { email: `no-${student.email}` });
      const confirmed = await form.post('/verify-email/resend', { email: student.email });
      const wrong = await form.post('/verify-email/resend', { email: 'nobody' });

      expect(unknown.body).toBe(confirmed.body);
      expect([wrong.status, wrong.body]).toEqual([422, expect.stringContaining('must be an email address')]);
      const rows = await app.sql(`SELECT 1 FROM outbox WHERE key LIKE $1`, [`verify_email:${student.id}:%`]);
      expect(rows).toHaveLength(1);
    });
  });
});

import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { call, type Answer } from '../support/http';
import { STUDENT_PASSWORD, type Student } from '../support/student';

const NEW_PASSWORD = 'another horse battery';

describe('changing an account', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const post = (operation: string, body: unknown, token?: string): Promise<Answer> =>
    call('POST', `${app.apiUrl}/api/v1/auth/${operation}`, { body, token });
  const login = (email: string, password = STUDENT_PASSWORD) => post('login', { email, password });
  const problem = ({ status, body }: Answer) => [status, body['code']];
  const tokenIn = (link: string | undefined) => new URL(link ?? '').searchParams.get('token') ?? '';
  const newAddress = () => `new-${crypto.randomUUID()}@example.test`;

  async function signedInBrowser({ email }: Student): Promise<Form> {
    const form = new Form(app.apiUrl);
    await form.post('/sign-in', { email, password: STUDENT_PASSWORD });
    return form;
  }

  it('asks nobody to confirm before a payment where that is not asked for', async () => {
    expect((await (await app.student()).post('/payments/create-checkout-session')).status).toBe(200);
  });

  describe('the password', () => {
    const change = (student: Student, body: object = {}) =>
      student.post('/auth/change-password', {
        current_password: STUDENT_PASSWORD,
        new_password: NEW_PASSWORD,
        ...body,
      });

    it('requires the current password', async () => {
      const student = await app.student();

      expect(problem(await change(student, { current_password: 'not it' }))).toEqual([403, 'wrong_password']);

      expect((await login(student.email)).status).toBe(200);
    });

    it('revokes every other session, keeps this one, and notifies the owner', async () => {
      const student = await app.student();
      const other = String((await login(student.email)).body['access_token']);
      const browser = await signedInBrowser(student);

      const answer = await change(student);

      expect([answer.status, answer.body]).toEqual([200, { password_changed: true }]);
      expect((await student.get('/auth/me')).status).toBe(200);
      expect((await call('GET', `${app.apiUrl}/api/v1/auth/me`, { token: other })).status).toBe(401);
      expect((await browser.get('/account/password')).status).toBe(303);
      expect((await login(student.email)).status).toBe(401);
      expect((await login(student.email, NEW_PASSWORD)).status).toBe(200);
      await app.mails.waitFor(student.email, 'Your password was changed');
    });

    it('takes no new one that a registration would refuse', async () => {
      const student = await app.student();

      const answer = await change(student, { new_password: 'short' });

      expect([...problem(answer), answer.body['errors']]).toEqual([
        400,
        'invalid_request',
        [{ pointer: '/new_password', detail: expect.any(String) }],
      ]);
    });

    it('is for nobody who is not signed in', async () => {
      const body = { current_password: STUDENT_PASSWORD, new_password: NEW_PASSWORD };
      expect((await post('change-password', body)).status).toBe(401);
      const page = await new Form(app.apiUrl).get('/account/password');
      expect([page.status, page.location]).toEqual([303, '/sign-in?return_to=%2Faccount%2Fpassword']);
    });

    it('can be changed on a page, which goes on being signed in', async () => {
      const student = await app.student();
      const browser = await signedInBrowser(student);

      const wrong = await browser.post('/account/password', {
        current_password: 'not it',
        new_password: NEW_PASSWORD,
      });
      const short = await browser.post('/account/password', {
        current_password: STUDENT_PASSWORD,
        new_password: 'Kurz',
      });
      const done = await browser.post('/account/password', {
        current_password: STUDENT_PASSWORD,
        new_password: NEW_PASSWORD,
      });

      expect([wrong.status, wrong.body]).toEqual([422, expect.stringContaining('current password is wrong')]);
      expect([short.status, short.body]).toEqual([422, expect.stringContaining('8 to 128')]);
      expect(`${wrong.body}${short.body}`).not.toMatch(/not it|Kurz/);
      expect([done.status, done.body]).toEqual([200, expect.stringContaining('Your password was changed')]);
      expect((await browser.get('/account/password')).status).toBe(200);
      expect((await student.get('/auth/me')).status).toBe(401);
    });
  });

  describe('the address', () => {
    const ask = (student: Student, newEmail: string, password = STUDENT_PASSWORD) =>
      student.post('/auth/change-email', { new_email: newEmail, password });

    it('changes when the new one is verified, and notifies the current one before and after', async () => {
      const student = await app.student();
      const address = newAddress();

      const asked = await ask(student, address.toUpperCase());
      expect([asked.status, asked.body]).toEqual([200, { confirmation_sent: true }]);
      await app.mails.waitFor(student.email, 'is about to change');
      expect((await login(address)).status).toBe(401);
      const { link } = await app.mails.waitFor(address, 'Verify your new email address');
      const confirmed = await post('verify-email', { token: tokenIn(link) });

      expect(confirmed.body).toEqual({ email_verified: true, email: address });
      await app.mails.waitFor(student.email, 'was changed');
      expect((await login(student.email)).status).toBe(401);
      expect((await login(address)).body['user']).toMatchObject({ id: student.id, email_verified: true });
      expect((await post('verify-email', { token: tokenIn(link) })).status).toBe(200);
    });

    it('needs the password', async () => {
      const student = await app.student();
      const address = newAddress();

      expect(problem(await ask(student, address, 'not it'))).toEqual([403, 'wrong_password']);

      expect(await app.mails.list(address)).toEqual([]);
    });

    it('tells nobody but its owner that an address is taken', async () => {
      const [student, owner] = [await app.student(), await app.student()];
      const free = await ask(await app.student(), newAddress());

      const taken = await ask(student, owner.email);

      expect([taken.status, taken.text]).toEqual([free.status, free.text]);
      const { link, text } = await app.mails.waitFor(owner.email, 'already has an account');
      expect(link).toBeUndefined();
      expect(text).not.toContain(student.email);
      expect((await login(owner.email)).body['user']).toMatchObject({ id: owner.id });
    });

    it('stays when someone else has registered with the new one in the meantime', async () => {
      const student = await app.student();
      const address = newAddress();
      await ask(student, address);
      const { link } = await app.mails.waitFor(address, 'Verify your new email address');
      await post('register', { email: address, password: NEW_PASSWORD, full_name: 'Quick' });

      expect(problem(await post('verify-email', { token: tokenIn(link) }))).toEqual([409, 'email_taken']);

      expect((await login(student.email)).status).toBe(200);
    });

    it('makes links that went to the address before it worthless', async () => {
      const student = await app.student();
      const old = await app.mails.waitFor(student.email, 'Verify your email address');
      await post('forgot-password', { email: student.email });
      const reset = await app.mails.waitFor(student.email, 'Set a new password');
      const address = newAddress();
      await ask(student, address);
      const { link } = await app.mails.waitFor(address, 'Verify your new email address');
      await post('verify-email', { token: tokenIn(link) });

      const useOld = await post('verify-email', { token: tokenIn(old.link) });
      const useReset = await post('reset-password', {
        token: tokenIn(reset.link),
        new_password: NEW_PASSWORD,
      });

      expect([problem(useOld), problem(useReset)]).toEqual(Array(2).fill([400, 'link_not_valid']));
    });

    it('does not change any more once the owner has set a new password', async () => {
      const student = await app.student();
      const address = newAddress();
      await ask(student, address);
      const { link } = await app.mails.waitFor(address, 'Verify your new email address');
      await student.post('/auth/change-password', {
        current_password: STUDENT_PASSWORD,
        new_password: NEW_PASSWORD,
      });

      expect(problem(await post('verify-email', { token: tokenIn(link) }))).toEqual([400, 'link_not_valid']);
    });

    it('rejects the current address, and a second request within a minute', async () => {
      const student = await app.student();

      expect(problem(await ask(student, student.email.toUpperCase()))).toEqual([400, 'invalid_request']);
      await ask(student, newAddress());
      const second = await ask(student, newAddress());

      expect(problem(second)).toEqual([429, 'mail_limit']);
      expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('can be corrected with the password before it was ever verified', async () => {
      const student = await app.student();
      const address = newAddress();

      expect((await ask(student, address)).status).toBe(200);

      const { link } = await app.mails.waitFor(address, 'Verify your new email address');
      expect((await post('verify-email', { token: tokenIn(link) })).status).toBe(200);
    });

    it('sends a stranger three emails from one place, no matter how many accounts name their address', async () => {
      const address = newAddress();
      const answers = [];
      for (let n = 0; n < 8; n += 1) answers.push(await ask(await app.student(), address));

      expect(answers.slice(0, 3).map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(answers.slice(3).map(problem)).toEqual(Array(5).fill([429, 'too_many_attempts']));
      await app.mails.waitFor(address, 'Verify your new email address', 3);
      expect(await app.mails.list(address)).toHaveLength(3);
    });

    it('can be changed on pages from end to end', async () => {
      const student = await app.student();
      const browser = await signedInBrowser(student);
      const address = newAddress();

      expect((await browser.get('/account/email')).body).toContain(`Your email address is ${student.email}.`);
      const wrong = await browser.post('/account/email', { new_email: address, password: 'not it' });
      const same = await browser.post('/account/email', {
        new_email: student.email,
        password: STUDENT_PASSWORD,
      });
      const asked = await browser.post('/account/email', { new_email: address, password: STUDENT_PASSWORD });
      expect([wrong.status, wrong.body]).toEqual([422, expect.stringContaining(`value="${address}"`)]);
      expect([same.status, same.body]).toEqual([
        422,
        expect.stringContaining('is already the address of this account'),
      ]);
      expect([asked.status, asked.body]).toEqual([200, expect.stringContaining('Check your email')]);
      const { link = '' } = await app.mails.waitFor(address, 'Verify your new email address');
      expect((await browser.get(link.slice(app.apiUrl.length))).body).toContain(
        `Is ${address} your email address?`,
      );
      const done = await browser.post('/verify-email', { token: tokenIn(link) });

      expect(done.body).toContain(`${address} is the email address of your account`);
      expect((await browser.get('/account/email')).body).toContain(`Your email address is ${address}.`);
    });
  });
});

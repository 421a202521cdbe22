import { Logger } from '@nestjs/common';
import type { SecurityEvent } from '../../src/common/security-log';
import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { call } from '../support/http';
import { CHATGPT, newBrowser, setUpChatGpt, type OAuthClient } from '../support/oauth';
import { Operator } from '../support/operator';
import { STUDENT_PASSWORD, type Student } from '../support/student';

interface Line {
  readonly event: SecurityEvent;
  readonly request_id?: string;
  readonly user_id?: string;
  readonly reason?: string;
}

const NEW_PASSWORD = 'another horse battery';

describe('the security log', () => {
  let app: TestApp;
  let chatgpt: OAuthClient;
  let operator: Operator;

  beforeAll(async () => {
    app = await TestApp.start({
      env: { TRUSTED_PROXIES: '1', PAYMENT_WRITES_PER_MINUTE: '2', SIGN_IN_FREE_FAILURES: '5' },
    });
    chatgpt = await setUpChatGpt(app);
    operator = await Operator.signIn(app);
  });
  afterAll(() => app.stop());

  /** What these requests log as security events, and everything that they log. */
  async function linesOf(work: () => Promise<unknown>): Promise<{ events: Line[]; text: string }> {
    const spies = (['log', 'warn', 'error'] as const).map((level) => jest.spyOn(Logger.prototype, level));
    try {
      await work();
      const calls = spies.flatMap(({ mock }) => mock.calls as unknown[][]);
      const events = calls
        .filter(([, message]) => message === 'security event')
        .map(([line]) => line as Line);
      return { events, text: JSON.stringify(calls) };
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  }
  const post = (operation: string, body: unknown, headers: Record<string, string> = {}) =>
    call('POST', `${app.apiUrl}/api/v1/auth/${operation}`, { body, headers });
  const from = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}` });
  const wrong = (email: string) => post('login', { email, password: 'not the password' }, from(1));
  const refresh = (refresh_token: string) => post('refresh', { refresh_token });

  const signIn = async ({ email }: Student) =>
    (await post('login', { email, password: STUDENT_PASSWORD })).body as { refresh_token: string };

  const KINDS: readonly [what: string, SecurityEvent, (student: Student) => Promise<unknown>][] = [
    ['a sign-in', 'signed_in', (student) => signIn(student)],
    ['a wrong password', 'sign_in_failed', ({ email }) => wrong(email)],
    ['an unknown account', 'sign_in_failed', ({ email }) => wrong(`no-${email}`)],
    [
      'a wrong password on the page',
      'sign_in_failed',
      ({ email }) => new Form(app.apiUrl).post('/sign-in', { email, password: 'not it' }),
    ],
    ['an operator call of a student', 'call_refused', (student) => student.get('/operator/audit-log')],
    ['an unknown refresh token', 'refresh_refused', () => refresh('x'.repeat(43))],
    [
      'a wrong client secret',
      'client_refused',
      () => chatgpt.token({ grant_type: 'refresh_token', refresh_token: 'x' }, { secret: 'wrong' }),
    ],
    [
      'a new password',
      'password_changed',
      (student) =>
        student.post('/auth/change-password', {
          current_password: STUDENT_PASSWORD,
          new_password: NEW_PASSWORD,
        }),
    ],
    [
      'a new client secret',
      'client_secret_created',
      () => operator.post(`/oauth-clients/${CHATGPT}/secret`, { reason: 'rotate' }),
    ],
  ];

  it.each(KINDS)('has one line for %s: %s', async (_, event, work) => {
    const student = await app.student();

    const { events, text } = await linesOf(() => work(student));

    expect(events.map((line) => line.event)).toEqual([event]);
    expect(events[0]?.request_id).toMatch(/^req_/);
    expect(text).not.toContain(student.email);
    for (const secret of [STUDENT_PASSWORD, NEW_PASSWORD, chatgpt.secret ?? ''])
      expect(text).not.toContain(secret);
  });

  it('has one line for each attempt beyond a limit', async () => {
    const { email } = await app.student();
    for (let n = 0; n < 5; n += 1) await post('login', { email, password: 'not it' }, from(2));

    const { events } = await linesOf(async () => {
      for (let n = 0; n < 3; n += 1) await post('login', { email, password: 'not it' }, from(2));
    });

    expect(events).toEqual(
      Array(3).fill(expect.objectContaining({ event: 'attempts_limited', reason: 'sign_in' })),
    );
  });

  it('has one line for each request of a user beyond the quota', async () => {
    const student = await app.student();
    for (let n = 0; n < 2; n += 1) await student.post('/payments/cancel-subscription');

    const { events } = await linesOf(() => student.post('/payments/cancel-subscription'));

    expect(events).toEqual([
      expect.objectContaining({ event: 'requests_limited', user_id: student.id, reason: 'payment_writes' }),
    ]);
  });

  it('counts pages that call Stripe like the API, with one line beyond the quota', async () => {
    const student = await app.student();
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', { email: student.email, password: STUDENT_PASSWORD });
    for (let n = 0; n < 2; n += 1) expect((await browser.get('/account/billing')).status).not.toBe(429);

    let refused = 0;
    const { events } = await linesOf(async () => (refused = (await browser.get('/account/billing')).status));

    expect(refused).toBe(429);
    expect(events).toEqual([expect.objectContaining({ event: 'requests_limited', user_id: student.id })]);
  });

  it('has one line when a refresh token of the API is used again', async () => {
    const session = await signIn(await app.student());
    const next = (await refresh(session.refresh_token)).body as { refresh_token: string };
    await refresh(next.refresh_token);

    const { events } = await linesOf(() => refresh(session.refresh_token));

    expect(events).toEqual([expect.objectContaining({ event: 'token_reused', reason: 'api' })]);
  });

  it('has one line when an application connects, and one when its refresh token is used again', async () => {
    const { browser } = await newBrowser(app);
    const connected = await linesOf(() => chatgpt.authorize(browser));
    const { browser: other } = await newBrowser(app);
    const { body } = await chatgpt.exchange((await chatgpt.authorize(other)).get('code'));
    const next = await chatgpt.refresh(body.refresh_token);
    await chatgpt.refresh(next.body.refresh_token);

    const reused = await linesOf(() => chatgpt.refresh(body.refresh_token));

    expect(connected.events).toEqual([
      expect.objectContaining({ event: 'application_connected', client_id: CHATGPT }),
    ]);
    expect(reused.events).toEqual([
      expect.objectContaining({ event: 'token_reused', reason: 'application' }),
    ]);
    expect(reused.text).not.toContain(body.refresh_token);
  });
});

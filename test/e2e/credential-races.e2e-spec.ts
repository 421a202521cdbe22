import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { call } from '../support/http';
import { CHATGPT_CALLBACK, type OAuthClient, setUpChatGpt } from '../support/oauth';
import { STUDENT_PASSWORD, type Student } from '../support/student';

const NEW_PASSWORD = 'another horse battery';
const ROUNDS = 2;

/** What one round needs, prepared before the race. */
interface Round {
  readonly student: Student;
  readonly browser: Form;
  readonly consentPath: string;
  readonly refreshToken: string;
  readonly applicationToken: string;
  readonly resetToken: string;
  readonly changeToken: string;
}

/**
 * Pairs of operations that change and prove credentials, at the same moment. Whichever wins, nothing that the old
 * credential has opened or started may outlive the change.
 */
describe('two operations on the credentials of one account at the same moment', () => {
  let app: TestApp;
  let chatgpt: OAuthClient;

  beforeAll(async () => {
    app = await TestApp.start({
      env: { SIGN_IN_FREE_FAILURES: '1000', SIGN_IN_FREE_FAILURES_PER_ADDRESS: '100000' },
    });
    chatgpt = await setUpChatGpt(app);
  });
  afterAll(() => app.stop());

  const post = (operation: string, body: unknown, token?: string) =>
    call('POST', `${app.apiUrl}/api/v1/auth/${operation}`, { body, token });
  const tokenIn = (link: string | undefined) => new URL(link ?? '').searchParams.get('token') ?? '';
  const consentPathOf = (body: string) => /action="(\/interaction\/[^"/]+)\/allow"/.exec(body)?.[1] ?? '';

  async function prepare(): Promise<Round> {
    const student = await app.student();
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', { email: student.email, password: STUDENT_PASSWORD });
    const consent = () => browser.get(chatgpt.authorizePath()).then((answer) => browser.follow(answer));
    const path = consentPathOf((await consent()).body);
    const back = await browser.follow(await browser.post(`${path}/allow`, {}), CHATGPT_CALLBACK);
    const code = new URL(back.location ?? '').searchParams.get('code');
    const application = await chatgpt.exchange(code);
    const login = await post('login', { email: student.email, password: STUDENT_PASSWORD });
    await student.post('/auth/change-email', {
      new_email: `new-${student.email}`,
      password: STUDENT_PASSWORD,
    });
    await post('forgot-password', { email: student.email });
    const change = await app.mails.waitFor(`new-${student.email}`, 'Verify your new email address');
    const reset = await app.mails.waitFor(student.email, 'Set a new password');
    return {
      student,
      browser,
      consentPath: consentPathOf((await consent()).body),
      refreshToken: String(login.body['refresh_token']),
      applicationToken: application.body.refresh_token ?? '',
      resetToken: tokenIn(reset.link),
      changeToken: tokenIn(change.link),
    };
  }

  /** Each ends everything but the session named last. */
  const CHANGES = {
    'changing the password': ({ student }: Round) =>
      student.post('/auth/change-password', {
        current_password: STUDENT_PASSWORD,
        new_password: NEW_PASSWORD,
      }),
    'resetting the password': ({ resetToken }: Round) =>
      post('reset-password', { token: resetToken, new_password: NEW_PASSWORD }),
    'changing and resetting the password': (round: Round) =>
      Promise.all([CHANGES['changing the password'](round), CHANGES['resetting the password'](round)]),
  } as const;

  const PROOFS = {
    'signing in through the API': ({ student: { email } }: Round) =>
      post('login', { email, password: STUDENT_PASSWORD }),
    'signing in on the page': ({ student: { email } }: Round) =>
      new Form(app.apiUrl).post('/sign-in', { email, password: STUDENT_PASSWORD }),
    'refreshing a session': ({ refreshToken }: Round) => post('refresh', { refresh_token: refreshToken }),
    'refreshing an application': ({ applicationToken }: Round) => chatgpt.refresh(applicationToken),
    'connecting an application': ({ browser, consentPath }: Round) =>
      browser.post(`${consentPath}/allow`, {}),
    'confirming a new address': ({ changeToken }: Round) => post('verify-email', { token: changeToken }),
  } as const;

  const PAIRS = Object.keys(CHANGES).flatMap((change) => Object.keys(PROOFS).map((proof) => [change, proof]));

  it.each(PAIRS)('%s and %s leave nothing of the old credential', async (change, proof) => {
    for (let n = 0; n < ROUNDS; n += 1) {
      const round = await prepare();
      const { student } = round;
      const race = [
        () => CHANGES[change as keyof typeof CHANGES](round),
        () => PROOFS[proof as keyof typeof PROOFS](round),
      ];
      if (n % 2 === 1) race.reverse();
      const changedAt = () =>
        app.sql('SELECT changed_at FROM auth_credentials WHERE user_id = $1', [student.id]);
      const before = await changedAt();

      await Promise.all(race.map((run) => run()));
      // A reset link is worthless once the address that it was sent to has been replaced.
      if (JSON.stringify(await changedAt()) === JSON.stringify(before)) continue;

      const live = await app.sql<{ kind: string; created_at: Date }>(
        `SELECT kind, created_at FROM auth_sessions WHERE user_id = $1 AND revoked_at IS NULL`,
        [student.id],
      );
      // The session that changed the password goes on, and it is the first one of the account.
      expect([change, proof, live.filter(({ kind }) => kind !== 'api')]).toEqual([change, proof, []]);
      expect(live.length).toBeLessThanOrEqual(1);
      const late = await app.sql(
        `SELECT purpose FROM auth_email_tokens t JOIN auth_credentials c USING (user_id)
          WHERE user_id = $1 AND purpose <> 'verify_email' AND issued_at < changed_at
            AND used_at > changed_at + interval '50 milliseconds'`,
        [student.id],
      );
      expect(late).toEqual([]);
      expect((await post('login', { email: student.email, password: STUDENT_PASSWORD })).status).toBe(401);
    }
  });
});

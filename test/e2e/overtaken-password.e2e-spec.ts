import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../../local/postgres';
import { CredentialsService } from '../../src/modules/accounts/credentials.service';
import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { call, type Answer } from '../support/http';
import { newBrowser, setUpChatGpt } from '../support/oauth';
import { STUDENT_PASSWORD, type Student } from '../support/student';

const NEW_PASSWORD = 'another horse battery';

/** The password or the link was valid when it was checked, and is not any more. */
describe('a request that a new password overtakes', () => {
  let app: TestApp;
  let newHash: string;

  beforeAll(async () => {
    app = await TestApp.start();
    newHash = await app.web.get(CredentialsService, { strict: false }).hash(NEW_PASSWORD);
  });
  afterAll(() => app.stop());

  const post = (operation: string, body: unknown): Promise<Answer> =>
    call('POST', `${app.apiUrl}/api/v1/auth/${operation}`, { body });
  const login = (email: string, password: string) => post('login', { email, password });
  const problem = ({ status, body }: Answer) => [status, body['code']];
  const liveSignIns = ({ id }: Pick<Student, 'id'>) =>
    app.sql('SELECT id FROM auth_sessions WHERE user_id = $1 AND revoked_at IS NULL', [id]);

  type Statement = readonly [sql: string, values: unknown[]];

  /** Sends the request while this has happened but is not committed, and commits it when the request waits for it or is done. */
  const during = <T>(statements: readonly Statement[], request: () => Promise<T>): Promise<T> =>
    withClient(app.database.url, async (client) => {
      await client.query('BEGIN');
      for (const [sql, values] of statements) await client.query(sql, values);
      const answer = request();
      let isDone = false;
      void answer.finally(() => (isDone = true)).catch(() => undefined);
      const waits = async () =>
        (
          await app.sql(
            `SELECT 1 FROM pg_stat_activity
              WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
          )
        ).length > 0;
      while (!isDone && !(await waits())) await sleep(20);
      await client.query('COMMIT');
      return answer;
    });

  const whileReset = <T>({ id }: Pick<Student, 'id'>, request: () => Promise<T>): Promise<T> =>
    during(
      [
        [
          'UPDATE auth_credentials SET password_hash = $2, changed_at = clock_timestamp() WHERE user_id = $1',
          [id, newHash],
        ],
        [
          `UPDATE auth_sessions SET revoked_at = now(), revoke_reason = 'password_changed'
            WHERE user_id = $1 AND revoked_at IS NULL`,
          [id],
        ],
      ],
      request,
    );

  it('opens no sign-in', async () => {
    const student = await app.student();

    const answer = await whileReset(student, () => login(student.email, STUDENT_PASSWORD));

    expect(problem(answer)).toEqual([401, 'invalid_credentials']);
    expect(await liveSignIns(student)).toEqual([]);
  });

  it('opens none on the page either', async () => {
    const student = await app.student();

    const page = await whileReset(student, () =>
      new Form(app.apiUrl).post('/sign-in', { email: student.email, password: STUDENT_PASSWORD }),
    );

    expect(page.status).toBe(422);
    expect(await liveSignIns(student)).toEqual([]);
  });

  it('sets no other password', async () => {
    const student = await app.student();

    const answer = await whileReset(student, () =>
      student.post('/auth/change-password', {
        current_password: STUDENT_PASSWORD,
        new_password: 'the password of a thief',
      }),
    );

    expect(problem(answer)).toEqual([403, 'wrong_password']);
    expect((await login(student.email, NEW_PASSWORD)).status).toBe(200);
  });

  it('connects no application', async () => {
    const chatgpt = await setUpChatGpt(app);
    const { browser, email } = await newBrowser(app);
    const [user] = await app.sql<{ id: string }>('SELECT id FROM users WHERE email = $1', [email]);
    const id = user?.id ?? '';
    const consent = await browser.follow(await browser.get(chatgpt.authorizePath()));
    const action = /action="(\/interaction\/[^"/]+)\/allow"/.exec(consent.body)?.[1];

    const answer = await whileReset({ id }, () => browser.post(`${action}/allow`, {}));

    expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/^\/sign-in\?return_to=/)]);
    expect(await liveSignIns({ id })).toEqual([]);
  });

  it('emails no link that would change the address', async () => {
    const student = await app.student();

    const answer = await whileReset(student, () =>
      student.post('/auth/change-email', { new_email: 'thief@example.test', password: STUDENT_PASSWORD }),
    );

    expect(problem(answer)).toEqual([403, 'wrong_password']);
    const purposes = await app.sql('SELECT purpose FROM auth_email_tokens WHERE user_id = $1', [student.id]);
    expect(purposes).toEqual([{ purpose: 'verify_email' }]);
  });

  it('signs out everywhere else with nobody slipping past who is being connected', async () => {
    const { browser, email } = await newBrowser(app);
    const [user] = await app.sql<{ id: string }>('SELECT id FROM users WHERE email = $1', [email]);
    const id = user?.id ?? '';
    const consent: Statement[] = [
      ['SELECT 1 FROM auth_credentials WHERE user_id = $1 FOR NO KEY UPDATE', [id]],
      [
        `INSERT INTO auth_sessions (user_id, kind, client_id, expires_at)
         VALUES ($1, 'application', 'chatgpt-actions', now() + interval '1 day')`,
        [id],
      ],
    ];

    const { status } = await during(consent, () => browser.post('/account/sign-ins/end-others', {}));

    expect(status).toBe(303);
    expect(await liveSignIns({ id })).toHaveLength(1);
  });

  /** The token of the newest link with this subject. */
  const tokenOf = async (email: string, subject: string) =>
    new URL((await app.mails.waitFor(email, subject)).link ?? '').searchParams.get('token') ?? '';
  const blocked = async () =>
    (
      await app.sql(
        `SELECT 1 FROM pg_stat_activity
          WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
      )
    ).length;

  it('does not replace the address by a link that the new password invalidates', async () => {
    const student = await app.student();
    const wanted = `new-${student.id}@example.test`;
    await student.post('/auth/change-email', { new_email: wanted, password: STUDENT_PASSWORD });
    const token = await tokenOf(wanted, 'Verify your new email');

    const answer = await whileReset(student, () => post('verify-email', { token }));

    expect(problem(answer)).toEqual([400, 'link_not_valid']);
    expect(await app.sql('SELECT email FROM users WHERE id = $1', [student.id])).toEqual([
      { email: student.email },
    ]);
  });

  it('sets no password by a reset link that the new password invalidates', async () => {
    const student = await app.student();
    await post('forgot-password', { email: student.email });
    const token = await tokenOf(student.email, 'Set a new password');

    const answer = await whileReset(student, () =>
      post('reset-password', { token, new_password: 'the password of a thief' }),
    );

    expect(problem(answer)).toEqual([400, 'link_not_valid']);
    expect((await login(student.email, NEW_PASSWORD)).status).toBe(200);
  });

  it('leaves no link for a changed address that was requested while the password was reset', async () => {
    const student = await app.student();
    await post('forgot-password', { email: student.email });
    const token = await tokenOf(student.email, 'Set a new password');

    // The transaction of the reset starts first and is held up, so its start is earlier than the other request.
    const [reset, change] = await withClient(app.database.url, async (client) => {
      await client.query('BEGIN');
      await client.query(
        `SELECT 1 FROM auth_email_tokens WHERE user_id = $1 AND purpose = 'reset_password' FOR UPDATE`,
        [student.id],
      );
      const first = post('reset-password', { token, new_password: NEW_PASSWORD });
      while ((await blocked()) < 1) await sleep(20);
      let isDone = false;
      const second = student.post('/auth/change-email', {
        new_email: `thief-${student.id}@example.test`,
        password: STUDENT_PASSWORD,
      });
      void second.finally(() => (isDone = true)).catch(() => undefined);
      while (!isDone && (await blocked()) < 2) await sleep(20);
      await client.query('COMMIT');
      return Promise.all([first, second]);
    });

    expect(reset.status).toBe(200);
    expect(problem(change)).toEqual([403, 'wrong_password']);
    expect(
      await app.sql(`SELECT 1 FROM auth_email_tokens WHERE user_id = $1 AND purpose = 'change_email'`, [
        student.id,
      ]),
    ).toEqual([]);
  });
});

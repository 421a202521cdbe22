import { CommandAudit } from '../../src/modules/operators';
import { AuditLogRepository } from '../../src/modules/operators/persistence/audit-log.repository';
import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { call } from '../support/http';
import { Operator } from '../support/operator';
import { operatorBrowser } from '../support/operator-browser';
import { STUDENT_PASSWORD } from '../support/student';

const reason = 'a new colleague';

describe('operators as people', () => {
  let app: TestApp;
  let operator: Operator;

  beforeAll(async () => {
    app = await TestApp.start();
    operator = await Operator.signIn(app);
  });
  afterAll(() => app.stop());

  const signIn = (email: string, password: string) =>
    call('POST', `${app.apiUrl}/api/v1/auth/login`, { body: { email, password } });
  const listed = async (): Promise<string> => (await operator.get('/operators')).text;

  it('creates, resets and disables another operator, each with an audit entry', async () => {
    const email = 'colleague@example.test';

    const created = await operator.post('/operators', { reason, email, full_name: 'Grace Hopper' });
    const id = String(created.body['id']);
    const first = await signIn(email, String(created.body['password']));
    expect([created.status, first.status]).toEqual([200, 200]);
    expect(await listed()).toContain(email);
    const reset = await operator.post(`/operators/${id}/reset-password`, { reason });
    const token = String(first.body['access_token']);
    expect((await call('GET', `${app.apiUrl}/api/v1/operator/tasks`, { token })).status).toBe(401);
    const second = await signIn(email, String(reset.body['password']));
    await operator.post(`/operators/${id}/disable`, { reason });

    expect(await listed()).not.toContain(email);
    const gone = String(second.body['access_token']);
    expect((await call('GET', `${app.apiUrl}/api/v1/operator/tasks`, { token: gone })).status).toBe(401);
    expect((await signIn(email, String(reset.body['password']))).body['user']).toMatchObject({ id });
    const log = await app.sql<{ action: string }>(
      'SELECT action FROM audit_log WHERE target_id = $1 AND operator_id = $2 ORDER BY id',
      [id, operator.id],
    );
    expect(log.map(({ action }) => action)).toEqual([
      'create_operator',
      'reset_operator_password',
      'disable_operator',
    ]);
  });

  it('gives the role to a student with a verified address without touching the password', async () => {
    const student = await app.student();
    await app.sql('UPDATE users SET email_verified_at = now() WHERE id = $1', [student.id]);

    const { status, body } = await operator.post('/operators', {
      reason,
      email: student.email,
      full_name: 'Ada Student',
    });

    expect([status, body]).toEqual([200, { id: student.id }]);
    expect((await call('GET', `${app.apiUrl}/api/v1/operator/tasks`, { token: student.token })).status).toBe(
      200,
    );
  });

  it('takes an account whose address nobody has verified from the person who registered it', async () => {
    const stranger = await app.student();
    const { email } = stranger;
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', { email, password: STUDENT_PASSWORD });
    await stranger.post('/auth/change-email', { new_email: `evil-${email}`, password: STUDENT_PASSWORD });
    const change = await app.mails.waitFor(`evil-${email}`, 'Verify your new email address');

    const { status, body } = await operator.post('/operators', { reason, email, full_name: 'Grace Hopper' });

    expect([status, body['id']]).toEqual([200, stranger.id]);
    const { token } = stranger;
    expect((await call('GET', `${app.apiUrl}/api/v1/operator/tasks`, { token })).status).toBe(401);
    expect((await browser.get('/ops')).location).toContain('/sign-in');
    expect((await signIn(email, STUDENT_PASSWORD)).status).toBe(401);
    const link = new URL(change.link ?? '').searchParams.get('token');
    const late = await call('POST', `${app.apiUrl}/api/v1/auth/verify-email`, { body: { token: link } });
    expect(late.body['code']).toBe('link_not_valid');
    const own = await signIn(email, String(body['password']));
    expect(own.body['user']).toMatchObject({ id: stranger.id, full_name: 'Grace Hopper' });
    const mine = String(own.body['access_token']);
    expect((await call('GET', `${app.apiUrl}/api/v1/operator/tasks`, { token: mine })).status).toBe(200);
  });

  it('leaves one of two who disable each other at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const pair = [await Operator.signIn(app), await Operator.signIn(app)] as const;
      const [one, other] = pair;

      const answers = await Promise.all([
        one.post(`/operators/${other.id}/disable`, { reason }),
        other.post(`/operators/${one.id}/disable`, { reason }),
      ]);

      const ids = pair.map(({ id }) => id);
      const left = await app.sql(`SELECT id FROM users WHERE role = 'operator' AND id = ANY($1)`, [ids]);
      expect(left).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.every(({ status }) => [200, 401, 403].includes(status))).toBe(true);
    }
  });

  it('refuses the own account, a student, and an operator who exists', async () => {
    const student = await app.student();
    const [me] = await app.sql<{ email: string }>('SELECT email FROM users WHERE id = $1', [operator.id]);
    const answers = [
      await operator.post(`/operators/${operator.id}/disable`, { reason }),
      await operator.post(`/operators/${operator.id}/reset-password`, { reason }),
      await operator.post(`/operators/${student.id}/disable`, { reason }),
      await operator.post(`/operators/${student.id}/reset-password`, { reason }),
      await operator.post('/operators', { reason, email: me?.email, full_name: 'Again' }),
    ];

    expect(answers.map(({ body }) => body['code'])).toEqual([
      'own_account',
      'own_account',
      'user_not_found',
      'user_not_found',
      'email_taken',
    ]);
  });

  it('shows a new password on one page only', async () => {
    const { browser } = await operatorBrowser(app);
    const form = { reason, email: 'page@example.test', full_name: 'Page' };

    const { body } = await browser.post('/ops/operators', form);
    const password = /<pre[^>]*>([^<]+)<\/pre>/.exec(body)?.[1] ?? '';

    expect((await signIn(form.email, password)).status).toBe(200);
    expect((await browser.get('/ops/operators')).body).not.toContain(password);
    const [row] = await app.sql<{ id: string }>('SELECT id FROM users WHERE email = $1', [form.email]);
    expect((await browser.post(`/ops/operators/${row?.id}/disable`, { reason })).status).toBe(400);
    expect((await browser.post(`/ops/operators/${row?.id}/disable`, { reason, confirm: 'yes' })).status).toBe(
      303,
    );
  });

  it('records what a command did', async () => {
    const audit = new CommandAudit(app.web.get(AuditLogRepository, { strict: false }));

    await audit.record('disable_operator', operator.id, 'disable-operator');

    const [entry] = await app.sql(`SELECT operator_id, reason FROM audit_log ORDER BY id DESC LIMIT 1`);
    expect(entry).toEqual({
      operator_id: '00000000-0000-0000-0000-000000000000',
      reason: 'command disable-operator',
    });
  });

  it.each(['UPDATE audit_log SET reason = reason', 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
    'refuses %s',
    async (statement) => {
      await expect(app.sql(statement)).rejects.toThrow('append-only');
    },
  );
});

import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { call } from '../support/http';
import { pay, STUDENT_PASSWORD, type Student } from '../support/student';
import { eventually } from '../support/wait';

type Sections = Readonly<Record<string, readonly Record<string, unknown>[]>>;

describe('exporting my data', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  async function subscriber(): Promise<Student> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 15_000 });
    return student;
  }

  const sectionsOf = async (student: Student): Promise<Sections> =>
    (await student.get('/users/me/export')).body['sections'] as Sections;

  it('gives a student all that is stored, and nothing about anyone else', async () => {
    const [student, other] = [await subscriber(), await subscriber()];
    const { body: chapter } = await student.get('/chapters/chapter-1');
    const [section] = chapter['sections'] as { id: string }[];
    await student.post(`/progress/sections/${section?.id}/complete`);
    await app.mails.waitFor(student.email, 'Verify your email address');

    const answer = await student.get('/users/me/export');

    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.body['profile']).toMatchObject({ id: student.id, email: student.email });
    const sections = answer.body['sections'] as Sections;
    expect(sections['completed_sections']).toEqual([expect.objectContaining({ section_id: section?.id })]);
    for (const name of ['sessions', 'emails', 'subscriptions', 'invoices', 'invoice_lines', 'payments'])
      expect([name, sections[name]?.length]).toEqual([name, expect.any(Number)]);
    for (const name of ['checkouts', 'changes_of_access', 'messages_from_stripe', 'customers_at_stripe'])
      expect(sections[name]?.length).toBeGreaterThan(0);
    expect(sections['payments']).toEqual([
      expect.objectContaining({ card_last4: '4242', amount_minor: 999 }),
    ]);
    expect(answer.text).not.toContain(other.id);
    expect(answer.text).not.toContain(other.email);
    expect(answer.text).not.toMatch(/https?:\/\/[^"]*\/(c|pay)\//);
    expect(answer.text).not.toContain(student.token);
  });

  it('needs a sign-in of the last five minutes', async () => {
    const student = await app.student();
    await app.sql(`UPDATE auth_sessions SET created_at = now() - interval '6 minutes' WHERE user_id = $1`, [
      student.id,
    ]);

    const answer = await student.get('/users/me/export');

    expect([answer.status, answer.body['code']]).toEqual([403, 'recent_sign_in_required']);
    expect((await call('GET', `${app.apiUrl}/api/v1/users/me/export`)).status).toBe(401);
  });

  it('is a file on the account page, after the password', async () => {
    const student = await app.student();
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', { email: student.email, password: STUDENT_PASSWORD });
    expect((await browser.get('/account')).body).toContain('href="/account/data"');

    const wrong = await browser.post('/account/data', { password: 'not it' });
    const foreign = await browser.post(
      '/account/data',
      { password: STUDENT_PASSWORD },
      { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.test' },
    );
    const file = await browser.post('/account/data', { password: STUDENT_PASSWORD });

    expect([wrong.status, wrong.body]).toEqual([422, expect.stringContaining('password is wrong')]);
    expect(foreign.status).toBe(403);
    expect([file.status, file.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringMatching(/^attachment; filename="course-companion-\d{4}-\d\d-\d\d\.json"$/),
    ]);
    const exported = JSON.parse(file.body) as { profile: object; sections: Sections };
    expect(exported.profile).toMatchObject({ email: student.email });
    expect(exported.sections).toEqual(
      expect.objectContaining({
        sessions: (await sectionsOf(student))['sessions']?.map((row) =>
          expect.objectContaining({ id: row['id'] }),
        ),
      }),
    );
  });
});

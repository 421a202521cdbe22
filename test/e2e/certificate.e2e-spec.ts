import type { webcrypto } from 'node:crypto';
import { certificateSchema } from '../../src/modules/chapters/certificates/http/certificate.schema';
import { call } from '../support/http';
import { Operator } from '../support/operator';
import { SmallCourse } from '../support/small-course';
import type { Student } from '../support/student';

const BAD_CODES = ['nonsense', '00000-00000-00000-00000', '%2e%2e%2fetc', "'%20OR%201=1", 'x'.repeat(60)];

describe('certificates', () => {
  let course: SmallCourse;
  let graduate: Student;

  beforeAll(async () => {
    course = await SmallCourse.start();
    graduate = await aGraduate();
  }, 60_000);
  afterAll(() => course?.stop());

  async function aGraduate(): Promise<Student> {
    const student = await course.app.student();
    await course.grant(student);
    for (const chapter of [1, 2, 3, 4, 5, 6]) await course.finish(student, chapter);
    return student;
  }

  const certificateOf = async (student: Student) => {
    const answer = await student.get('/certificate');
    expect(answer.status).toBe(200);
    return certificateSchema.parse(answer.body);
  };
  const emailOf = async ({ id }: Student) =>
    (await course.app.sql<{ email: string }>('SELECT email FROM users WHERE id = $1', [id]))[0]?.email ?? '';

  it('are not issued for an incomplete course, and say what is missing', async () => {
    const student = await course.app.student();
    await course.grant(student);
    for (const chapter of [1, 2, 3, 4, 5]) await course.finish(student, chapter);
    await course.read(student, 6);
    await student.post('/quizzes/chapter-6/submit', { answers: {} });

    const answer = await student.get('/certificate');

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'certificate_not_earned',
      missing: { chapters: [], quizzes: [{ chapter_id: 'chapter-6', title: 'A title', best_percent: 0 }] },
      next_action: 'getNextStep',
    });
    expect(await course.app.sql('SELECT 1 FROM certificates WHERE user_id = $1', [student.id])).toEqual([]);
  });

  it('list every chapter for a new student', async () => {
    const answer = await (await course.app.student()).get('/certificate');

    const { chapters } = answer.body['missing'] as { chapters: { id: string; sections_left: number }[] };
    expect(chapters.map(({ id, sections_left: left }) => [id, left])).toEqual(
      [1, 2, 3, 4, 5, 6].map((position) => [`chapter-${position}`, 5]),
    );
  });

  it('are issued once despite concurrent requests', async () => {
    const student = await aGraduate();

    const answers = await Promise.all(Array.from({ length: 8 }, () => certificateOf(student)));

    expect(new Set(answers.map(({ signature }) => signature.value)).size).toBe(1);
    expect(await course.app.sql('SELECT 1 FROM certificates WHERE user_id = $1', [student.id])).toHaveLength(
      1,
    );
  });

  it('keep the name at the time of issue, and stay valid when access ends', async () => {
    const before = await certificateOf(graduate);
    await course.app.sql(`UPDATE users SET full_name = 'Somebody Else' WHERE id = $1`, [graduate.id]);
    await course.app.sql('UPDATE grants SET ends_at = now() WHERE user_id = $1', [graduate.id]);

    const after = await certificateOf(graduate);

    expect((await graduate.get('/chapters/chapter-4')).status).toBe(403);
    expect(after).toEqual(before);
    expect(after).toMatchObject({ student_name: 'Ada Student' });
  });

  it('are verified offline with the published keys', async () => {
    const { code, signature } = await certificateOf(graduate);
    const [header = '', payload = '', proof = ''] = signature.value.split('.');
    const { keys } = (await call('GET', signature.keys_url)).body as {
      keys: (webcrypto.JsonWebKey & { kid: string })[];
    };
    const jwk = keys.find(({ kid }) => kid === signature.key_id);
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await crypto.subtle.importKey('jwk', jwk ?? {}, algorithm, false, ['verify']);

    const isGenuine = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      Buffer.from(proof, 'base64url'),
      Buffer.from(`${header}.${payload}`),
    );

    expect(isGenuine).toBe(true);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      code,
      name: 'Ada Student',
      chapters: 6,
      issuer: course.app.apiUrl,
    });
  });

  it('are not accepted as access tokens, although the same key signs them', async () => {
    const { signature } = await certificateOf(graduate);

    const answer = await call('GET', `${course.app.apiUrl}/api/v1/progress`, { token: signature.value });

    expect(answer.status).toBe(401);
  });

  it('have a public page without scripts and without an email address', async () => {
    const { code, verification_url: url } = await certificateOf(graduate);

    const page = await call('GET', url);

    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.text).toContain('Valid certificate');
    expect(page.text).toContain('<h1>Ada Student</h1>');
    expect(page.text).toContain(code);
    expect(page.text).not.toContain(await emailOf(graduate));
    expect(page.text).not.toMatch(/\w@\w|<script|Somebody Else/);
  });

  it.each([(code: string) => code.toLowerCase(), (code: string) => code.replaceAll('-', '')])(
    'are found with the code in any notation (%#)',
    async (type) => {
      const { code } = await certificateOf(graduate);

      expect((await call('GET', `${course.app.apiUrl}/certificates/${type(code)}`)).text).toContain('Valid');
    },
  );

  it('have a PDF', async () => {
    const { code, pdf_url: url } = await certificateOf(graduate);

    const pdf = await call('GET', url);

    expect(pdf.status).toBe(200);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('content-disposition')).toBe(
      `inline; filename="course-companion-certificate-${code}.pdf"`,
    );
    expect(pdf.text.startsWith('%PDF-')).toBe(true);
    expect(pdf.text).not.toContain(await emailOf(graduate));
  });

  it.each(BAD_CODES.flatMap((code) => [code, `${code}.pdf`]))('are unknown under %s', async (code) => {
    const page = await call('GET', `${course.app.apiUrl}/certificates/${code}`);

    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.text).toContain('No such certificate');
  });

  it('are invalid immediately after an operator revokes them, and keep the first reason', async () => {
    const student = await aGraduate();
    const { code, verification_url: page, pdf_url: pdf } = await certificateOf(student);
    const operator = await Operator.signIn(course.app);
    const revoke = (typed: string, reason: string) =>
      operator.post(`/certificates/${typed}/revoke`, { reason });
    await call('GET', pdf);

    const revoked = await revoke(code, 'Somebody else took the quizzes.');
    const again = await revoke(code.toLowerCase().replaceAll('-', ''), 'A second thought.');

    expect(revoked.body).toEqual({ code, user_id: student.id, revoked_at: expect.any(String) });
    expect(again.body).toEqual(revoked.body);
    const answers = await Promise.all([call('GET', page), call('GET', pdf), student.get('/certificate')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 410, 409]);
    expect(answers[0].text).toContain('Revoked: not valid');
    expect(answers[1].text).toContain('Revoked: not valid');
    expect(answers[2].body).toMatchObject({ code: 'certificate_revoked' });
    for (const { text } of answers) expect(text).not.toContain('took the quizzes');
    expect(await course.app.sql('SELECT revoked_reason FROM certificates WHERE code = $1', [code])).toEqual([
      { revoked_reason: 'Somebody else took the quizzes.' },
    ]);
    const entries = JSON.parse((await operator.get('/audit-log')).text) as Record<string, unknown>[];
    expect(entries.filter(({ action }) => action === 'revoke_certificate')).toEqual([
      expect.objectContaining({
        target_kind: 'certificate',
        target_id: code,
        user_id: student.id,
        reason: 'Somebody else took the quizzes.',
      }),
    ]);
  });

  it.each(BAD_CODES.slice(0, 2))('cannot be revoked under %s', async (code) => {
    const operator = await Operator.signIn(course.app);

    const answer = await operator.post(`/certificates/${code}/revoke`, { reason: 'Issued by mistake.' });

    expect([answer.status, answer.body['code']]).toEqual([404, 'certificate_not_found']);
  });

  it('are not valid when the record was altered', async () => {
    const [student, other] = [await aGraduate(), await aGraduate()];
    const { code, verification_url: page } = await certificateOf(student);
    const { signature } = await certificateOf(other);

    await course.app.sql('UPDATE certificates SET jws = $2 WHERE code = $1', [code, signature.value]);

    expect((await call('GET', page)).status).toBe(404);
    expect((await student.get('/certificate')).status).toBe(500);
  });
});

import { Oracles } from './oracles';
import { asCurl, type AbuseRequest } from './request';

const PREMIUM = 'A long sentence of a premium chapter that nobody may read who has not paid for it.';
const oracles = new Oracles({
  routes: [
    { method: 'GET', path: '/api/v1/auth/me', audience: 'signed-in', scope: undefined },
    { method: 'GET', path: '/api/v1/chapters/:chapterId', audience: 'signed-in', scope: undefined },
    { method: 'GET', path: '/api/v1/operator/users', audience: 'operator', scope: undefined },
    { method: 'POST', path: '/api/v1/auth/login', audience: 'public', scope: undefined },
  ],
  victims: [{ id: 'a', actor: 'student-a', secrets: ['cus_of_student_a'] }],
  premiumTexts: [PREMIUM],
  premiumChapters: ['chapter-4'],
  secrets: ['whsec_configured'],
});

const request = (one: Partial<AbuseRequest> = {}): AbuseRequest => ({
  actor: 'student-b',
  method: 'GET',
  target: '/api/v1/auth/me',
  headers: {},
  body: undefined,
  bodyIsReadable: true,
  ...one,
});

const USER = {
  id: '00000000-0000-4000-8000-000000000000',
  email: 'b@example.test',
  full_name: 'B',
  email_verified: true,
  is_premium: false,
  subscription_tier: 'free',
};

const answer = (body: object = USER, status = 200, headers: Record<string, string> = {}) => ({
  status,
  headers: {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    ...headers,
  },
  text: JSON.stringify(body),
});

function problem(code: string, status: number, instance: string, detail = 'Detail.') {
  const type = `urn:course-companion:error:${code}`;
  return answer({ type, title: 'Title', status, detail, instance, code, request_id: 'req_12345678' }, status);
}

describe('the oracles of the abuse client', () => {
  it('have nothing against a right answer', () => {
    expect(oracles.judge(request(), answer())).toEqual([]);
    expect(
      oracles.judge(request({ actor: 'anonymous' }), problem('unauthenticated', 401, '/api/v1/auth/me')),
    ).toEqual([]);
  });

  it('report every 5xx, documented or not', () => {
    expect(oracles.judge(request(), problem('internal_error', 500, '/api/v1/auth/me'))).toEqual([
      expect.stringMatching(/^a 500: /),
    ]);
    expect(oracles.judge(request(), problem('service_unavailable', 503, '/api/v1/auth/me'))).toHaveLength(1);
  });

  it('report an answer outside the document', () => {
    expect(oracles.judge(request(), answer({ ...USER, password_hash: 'x' })).join()).toContain(
      'password_hash',
    );
  });

  it.each<[string, AbuseRequest['actor'], string, number]>([
    ['nobody is let in', 'anonymous', '/api/v1/auth/me', 401],
    ['a bad token is let in', 'stranger', '/api/v1/auth/me', 401],
    ['a student is let in among operators', 'student-b', '/api/v1/operator/users', 403],
    ['an encoded path is let in', 'anonymous', '/api/v1/%61uth/me', 401],
    ['a whole address is let in', 'anonymous', 'http://evil.example/api/v1/auth/me', 401],
  ])('report that %s', (_, actor, target, expected) => {
    const complaints = oracles.judge(request({ actor, target }), answer());

    expect(complaints.join('\n')).toContain(`expected ${expected}, got 200`);
  });

  it('report a refusal of a caller who is permitted', () => {
    const me = oracles.judge(request(), problem('unauthenticated', 401, '/api/v1/auth/me'));
    const users = request({ actor: 'operator', target: '/api/v1/operator/users' });

    expect(me.join()).toContain('is refused with 401');
    expect(oracles.judge(users, problem('forbidden', 403, '/api/v1/operator/users')).join()).toContain('403');
  });

  it('let a body that cannot be read be refused first, and only such a body', () => {
    const target = '/api/v1/operator/users';
    const refusal = problem('unsupported_media_type', 415, target);

    expect(oracles.judge(request({ target, bodyIsReadable: false }), refusal)).toEqual([]);
    expect(oracles.judge(request({ target }), refusal).join()).toContain('expected 403, got 415');
  });

  it('report what belongs to someone else, in the body or in a header, unless the caller sent it', () => {
    const target = '/api/v1/auth/me?x=cus_of_student_a';
    const leaking = answer({ ...USER, full_name: 'cus_of_student_a' });

    expect(oracles.judge(request(), leaking)).toEqual(['shows cus_of_student_a of somebody else']);
    expect(oracles.judge(request(), answer(USER, 200, { link: 'cus_of_student_a' }))).toHaveLength(1);
    expect(oracles.judge(request({ target }), leaking)).toEqual([]);
    expect(oracles.judge(request({ actor: 'student-a' }), leaking)).toEqual([]);
  });

  it('report premium text and open premium routes', () => {
    const target = '/api/v1/chapters/chapter-4';
    const shown = answer({ ...USER, full_name: PREMIUM });

    expect(oracles.judge(request({ actor: 'student-a' }), shown).join()).toContain('shows premium text');
    expect(oracles.judge(request(), shown)).toEqual([]);
    expect(oracles.judge(request({ actor: 'student-a', target }), answer()).join()).toContain(
      'chapter-4 is open',
    );
  });

  it.each([
    'Error\n    at handler (/srv/app/dist/src/main.js:10:5)',
    'QueryFailedError: syntax error at or near "x"',
    'duplicate key value violates unique constraint "users_email"',
    'connect ECONNREFUSED 127.0.0.1:5432',
    '$argon2id$v=19$x',
  ])('report the inside %j', (detail) => {
    const complaints = oracles.judge(request(), problem('not_found', 404, '/api/v1/auth/me', detail));

    expect(complaints.join()).toContain('shows its insides');
  });

  it('report configured secrets to everyone, and headers that a caller has written', () => {
    const operator = request({ actor: 'operator' });

    expect(oracles.judge(operator, answer({ ...USER, full_name: 'whsec_configured' })).join()).toContain(
      'secret',
    );
    expect(oracles.judge(request(), answer(USER, 200, { 'x-injected': 'yes' }))).toHaveLength(1);
  });
});

describe('asCurl', () => {
  it('writes a command that sends the same bytes, and no token', () => {
    const one = request({
      method: 'POST',
      target: "/api/v1/x?q='",
      headers: { 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0xff, 0x27, 0x7d]),
    });

    expect(asCurl(one, 'http://127.0.0.1:3000')).toBe(
      `curl -i --path-as-is -X POST -H "authorization: Bearer $STUDENT_B_TOKEN" -H 'content-type: application/json' ` +
        `--data-binary $'{\\xff\\x27}' --request-target '/api/v1/x?q='\\''' http://127.0.0.1:3000`,
    );
  });
});

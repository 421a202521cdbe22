import { OpenApiValidator, type SentAnswer } from '../support/openapi-validator';

const validator = new OpenApiValidator();
const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json';

const USER = {
  id: '00000000-0000-4000-8000-000000000000',
  email: 'ada@example.test',
  full_name: 'Ada',
  email_verified: false,
  is_premium: false,
  subscription_tier: 'free',
};

const me = (body: unknown, other: Partial<SentAnswer> = {}): SentAnswer => ({
  method: 'GET',
  url: '/api/v1/auth/me?x=1',
  status: 200,
  contentType: JSON_TYPE,
  body: JSON.stringify(body),
  ...other,
});

function problem(code: string, status: number, more: object = {}, url = '/api/v1/auth/me'): SentAnswer {
  const body = {
    type: `urn:course-companion:error:${code}`,
    title: 'Title',
    status,
    detail: 'Detail.',
    instance: url,
    code,
    request_id: 'req_1',
    ...more,
  };
  return { method: 'GET', url, status, contentType: PROBLEM_TYPE, body: JSON.stringify(body) };
}

const html = (url: string): SentAnswer => ({
  method: 'GET',
  url,
  status: 200,
  contentType: 'text/html; charset=utf-8',
  body: '<!doctype html>',
});

/** Right answers, so that the refusals below are not refusals of everything. */
const RIGHT: [string, SentAnswer][] = [
  ['the documented body', me(USER)],
  ['HEAD without a body', me(USER, { method: 'HEAD', body: undefined })],
  ['a documented 304', { ...me(USER), url: '/api/v1/course', status: 304, contentType: undefined, body: '' }],
  ['a problem of any operation', problem('unauthenticated', 401)],
  ['a problem with its documented members', problem('stripe_rejected', 409, { stripe_code: 'x' })],
  ['a problem where nothing is routed', problem('not_found', 404, {}, '/nowhere')],
  ['a page where nothing is routed', { ...html('/nowhere?from=a-mail'), status: 404 }],
  ['a page for a form that nothing takes', { ...html('//account'), method: 'POST', status: 415 }],
  ['a listed page', html('/checkout/return?session_id=x')],
  ['a redirect of a listed page', { ...html('/c/abc'), status: 302, contentType: undefined, body: '' }],
];

const WRONG: [string, SentAnswer, RegExp][] = [
  [
    'an undeclared member',
    me({ ...USER, password_hash: 'x' }),
    /^getCurrentUser GET .* 200: .*password_hash/,
  ],
  ['a missing member', me({ ...USER, email: undefined }), /required property 'email'/],
  ['a wrong type', me({ ...USER, is_premium: 'no' }), /\/is_premium: must be boolean.*got "no"/],
  ['null', me({ ...USER, full_name: null }), /\/full_name: must be string.*got null/],
  ['a word outside the enum', me({ ...USER, subscription_tier: 'gold' }), /\/subscription_tier: .*"gold"/],
  ['a wrong format', me({ ...USER, id: '7' }), /\/id: must match format/],
  ['an undeclared status', me(USER, { status: 202 }), /status is not declared/],
  ['an undeclared 304', me(USER, { status: 304, body: '' }), /status is not declared/],
  ['an undeclared media type', me(USER, { contentType: 'text/plain' }), /media type text\/plain/],
  ['no media type', me(USER, { contentType: undefined }), /no content type/],
  ['text that is not JSON', me(USER, { body: '<html>' }), /not JSON/],
  ['HEAD with a body', me(USER, { method: 'HEAD' }), /body where none may be/],
  ['304 with a body', { ...me(USER), url: '/api/v1/course', status: 304 }, /body where none may be/],
  ['JSON where nothing is documented', me({}, { url: '/api/v1/nowhere' }), /neither in the document nor/],
  ['JSON of an undocumented method', me({}, { method: 'DELETE' }), /neither in the document nor/],
  ['JSON from a page', me({}, { url: '/checkout/return' }), /not listed/],
  ['HTML where nothing is documented', html('/admin'), /neither in the document nor/],
  [
    'a page where the API has nothing',
    { ...html('/api/v1/nowhere'), status: 404 },
    /neither in the document nor/,
  ],
  ['a failure that is no problem', me({ error: 'x' }, { status: 500 }), /application\/json is not declared/],
  ['an undeclared failure', me({ error: 'x' }, { status: 418 }), /no problem document/],
  ['a problem with a good status', problem('unauthenticated', 200), /no failure/],
  ['an unknown code', problem('made_up', 400), /made_up is not in docs\/errors\.md/],
  ['a code with another status', problem('unauthenticated', 403), /says 401 for unauthenticated/],
  ['a status member that differs', problem('unauthenticated', 401, { status: 400 }), /\/status: is 400/],
  ['an undocumented extension', problem('unauthenticated', 401, { stack: 'at x' }), /\/stack: docs/],
  ['another instance', problem('unauthenticated', 401, { instance: '/x' }), /\/instance: is "\/x"/],
  ['another type', problem('unauthenticated', 401, { type: 'about:blank' }), /\/type: is/],
  ['a problem without its id', problem('unauthenticated', 401, { request_id: undefined }), /request_id/],
];

describe('the answer validator', () => {
  it.each(RIGHT)('accepts %s', (_, answer) => {
    expect(validator.violations(answer)).toEqual([]);
  });

  it.each(WRONG)('rejects %s', (_, answer, complaint) => {
    expect(validator.violations(answer).join('\n')).toMatch(complaint);
  });

  it('prefers a fixed path to a parameter, like the router', () => {
    expect(validator.find('GET', '/api/v1/chapters/search')?.operation.operationId).toBe('searchChapters');
    expect(validator.find('GET', '/api/v1/chapters/chapter-1')?.operation.operationId).toBe('getChapter');
  });

  it('rejects answers that a loose schema would accept', () => {
    const operation = {
      operationId: 'open',
      responses: {
        200: {
          content: {
            'application/json': { schema: { type: 'object', properties: { a: { type: 'string' } } } },
          },
        },
      },
    };
    const open = new OpenApiValidator({ security: [], paths: { '/open': { get: operation } } });

    expect(open.violations(me({ a: 'x', b: 'secret' }, { url: '/open' })).join()).toContain('b');
  });
});

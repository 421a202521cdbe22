import { UsersService } from '../../src/modules/users';
import { TestApp } from '../support/app';
import type { Form } from '../support/form';
import { newBrowser } from '../support/oauth';
import { readDocument } from '../support/openapi-validator';
import { cookieHeader, operatorBrowser } from '../support/operator-browser';
import { rawRequest, type RawAnswer } from '../support/raw-request';
import { routedPaths } from '../support/route-tree';

const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

const PAGES = ['/docs', '/docs/', '/docs/oauth2-redirect.html', '/docs/queues'];
const FILES = [
  '/docs/openapi.json',
  '/docs/swagger-ui-bundle.js',
  '/docs/swagger-ui.css',
  '/docs/swagger-start.js',
  '/docs/console.css',
  '/docs/oauth2-redirect.js',
  '/docs/favicon-32x32.png',
];
// Addresses that @nestjs/swagger, swagger-ui-dist and earlier versions use.
const NOWHERE = [
  '/docs/index.html',
  '/docs/swagger-initializer.js',
  '/docs/swagger-ui-bundle.js.map',
  '/docs/package.json',
  '/docs/..%2Fpackage.json',
  '/docs/json',
  '/docs/openapi.yaml',
  '/docs-json',
  '/docs-yaml',
  '/docs/docs-json',
  '/openapi.json',
  '/api-json',
  '/swagger',
];

/** Spellings that some server components treat as the same address. */
const spellingsOf = (path: string): string[] => [
  `${path}/`,
  `${path}//`,
  `/${path}`,
  path.replace('/docs', '/docs/'),
  path.replace('/docs', '/docs/.'),
  path.replace('/docs', '/./docs'),
  path.replace('/docs', '/x/../docs'),
  path.replace('/docs', '/docs/x/..'),
  path.replace('/docs', '/docs/%2e'),
  path.replace('/docs', '/x/%2e%2e/docs'),
  path.replace('/docs', '/%64ocs'),
  path.replace('/docs', '/%64%6f%63%73'),
  path.replace('/docs', '/%2564ocs'),
  path.replace('/docs', '/%2fdocs'),
  path.replace('/docs', '/docs%2f'),
  path.replace('/docs', '/DOCS'),
  path.replace('/docs', '/Docs'),
  path.replace('/docs', '/\\docs'),
  path.replace('/docs', '/docs;a=b'),
  `${path};a=b`,
  `${path}?a=b`,
  `${path}?`,
  `${path}#a`,
  `${path}%00`,
  `${path}%20`,
  `${path}%3f`,
  `${path}.json`,
  path.toUpperCase(),
];

describe('the operator console', () => {
  let app: TestApp;
  let operator: Form;
  let email: string;
  let student: Form;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
    ({ browser: operator, email } = await operatorBrowser(app));
    student = (await newBrowser(app)).browser;
  });
  afterAll(async () => {
    await app.stop();
  });

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> =>
    rawRequest(app.apiUrl, path, { method, headers: { accept: HTML, ...headers } });

  it.each(PAGES)(
    'redirects a visitor without a session from %s to the sign-in page and back',
    async (path) => {
      const { status, headers, body } = await get(path);

      expect([status, headers['location'], body]).toEqual([
        303,
        `/sign-in?${new URLSearchParams({ return_to: path }).toString()}`,
        '',
      ]);
    },
  );

  it('answers 401 to a program without a session', async () => {
    const { status, body } = await get('/docs/openapi.json', { accept: '*/*' });

    expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([401, 'sign_in_required']);
  });

  it.each([...PAGES, ...FILES])('refuses a student %s', async (path) => {
    const page = await get(path, cookieHeader(student));
    const program = await get(path, { ...cookieHeader(student), accept: 'application/json' });

    expect([page.status, page.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
    expect(page.body).toContain('<h1>These pages are for operators</h1>');
    expect(program.status).toBe(403);
    expect(JSON.parse(program.body)).toMatchObject({ code: 'forbidden' });
  });

  it('lets a student switch accounts and return', async () => {
    const { browser } = await newBrowser(app);
    const page = await browser.get('/docs/queues');

    expect(page.body).toContain('<form method="post" action="/sign-out">');
    const out = await browser.post('/sign-out', { return_to: '/docs/queues' });
    expect([out.status, out.location]).toEqual([303, '/sign-in?return_to=%2Fdocs%2Fqueues']);
  });

  it.each([...PAGES, ...FILES])('shows an operator %s', async (path) => {
    const { status, body } = await get(path, cookieHeader(operator));

    expect(status).toBe(200);
    expect(body.length).toBeGreaterThan(50);
  });

  it.each(NOWHERE)('answers 404 at %s', async (path) => {
    const answers = [await get(path), await get(path, cookieHeader(operator))];

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  it('opens to nobody else for any spelling of an address', async () => {
    const resolved = new Set<string>();
    for (const path of [...PAGES, ...FILES].flatMap((one) => [one, ...spellingsOf(one)])) {
      for (const method of ['GET', 'HEAD']) {
        const [stranger, someStudent, someOperator] = await Promise.all(
          [{}, cookieHeader(student), cookieHeader(operator)].map((who) => get(path, who, method)),
        );
        if (someOperator?.status === 200) resolved.add(path);
        const isThere = someOperator?.status === 200;
        expect([method, path, stranger?.status, someStudent?.status]).toEqual([
          method,
          path,
          ...(isThere ? [303, 403] : [someOperator?.status, someOperator?.status]),
        ]);
        if (!isThere) expect([400, 404]).toContain(someOperator?.status);
      }
    }
    // Some spellings do reach the console; otherwise this test would prove nothing.
    expect([...resolved]).toEqual(expect.arrayContaining(['/%64ocs', '/docs?a=b', '/%64ocs/openapi.json']));
  });

  it('closes every route that the router knows below /docs', async () => {
    // The commands for developers are a public page of the site.
    const paths = routedPaths(app.web).filter(
      (path) => /^\/docs(\/|$)/.test(path) && path !== '/docs/quickstart',
    );

    expect(paths).toEqual(expect.arrayContaining([...PAGES, ...FILES]));
    for (const path of paths) {
      const url = path.replaceAll(/:\w+|\*/g, 'x');
      expect([path, (await get(url)).status]).toEqual([path, 303]);
      expect([path, (await get(url, cookieHeader(student))).status]).toEqual([path, 403]);
    }
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('rejects %s', async (method) => {
    const answers = await Promise.all(
      PAGES.map((path) => get(path, { ...cookieHeader(operator), 'sec-fetch-site': 'same-origin' }, method)),
    );

    expect(answers.map(({ status }) => status)).toEqual(PAGES.map(() => 404));
  });

  it('checks the current role and the current session', async () => {
    const { browser, email: address } = await operatorBrowser(app);
    const users = app.web.get(UsersService, { strict: false });
    const { id } = (await users.findByEmail(address)) ?? { id: '' };
    const status = async () => (await get('/docs/openapi.json', cookieHeader(browser))).status;

    expect(await status()).toBe(200);
    await users.setRole(id, 'student');
    expect(await status()).toBe(403);
    await users.setRole(id, 'operator');
    expect(await status()).toBe(200);
    const cookie = cookieHeader(browser);
    await browser.post('/sign-out', {});
    expect((await get('/docs/openapi.json', cookie)).status).toBe(303);
  });

  it('ignores an access token', async () => {
    const { body } = await student.get('/docs/openapi.json', { authorization: 'Bearer x', accept: '*/*' });
    const users = app.web.get(UsersService, { strict: false });

    expect(JSON.parse(body)).toMatchObject({ code: 'forbidden' });
    expect((await users.findByEmail(email))?.role).toBe('operator');
  });

  it('answers 503 and no page while the database is down', async () => {
    const broken = jest.spyOn(app.web.get(UsersService, { strict: false }), 'findById');
    broken.mockRejectedValue(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    try {
      const { status, headers } = await get('/docs', cookieHeader(operator));
      expect([status, headers['retry-after']]).toEqual([503, '2']);
    } finally {
      broken.mockRestore();
    }
  });

  describe('headers', () => {
    it.each([...PAGES, ...FILES, '/docs/nothing'])('of %s are strict for every caller', async (path) => {
      for (const who of [{}, cookieHeader(student), cookieHeader(operator)]) {
        const { headers } = await get(path, who);
        expect(headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'cache-control': expect.stringMatching(/^(no-store|private, no-cache)$/) as string,
        });
        const policy = headers['content-security-policy'] ?? '';
        expect(policy).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
        expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/);
      }
    });

    it('allow scripts of this server for operators only', async () => {
      const policies = await Promise.all(
        [{}, cookieHeader(student), cookieHeader(operator)].map(async (who) => {
          const { headers } = await get('/docs', who);
          return /script-src ([^;]*)/.exec(headers['content-security-policy'] ?? '')?.[1];
        }),
      );

      expect(policies).toEqual([undefined, undefined, "'self'"]);
    });

    it('let a browser cache the large files and revalidate them each time', async () => {
      const first = await get('/docs/swagger-ui-bundle.js', cookieHeader(operator));
      const etag = first.headers['etag'] ?? '';
      const again = await get('/docs/swagger-ui-bundle.js', {
        ...cookieHeader(operator),
        'if-none-match': etag,
      });
      const stranger = await get('/docs/swagger-ui-bundle.js', { 'if-none-match': etag });

      expect([again.status, again.body, stranger.status]).toEqual([304, '', 303]);
    });
  });

  describe('the document', () => {
    interface Scheme {
      readonly flows: { readonly authorizationCode: Readonly<Record<string, string>> };
    }

    it('is the committed one with the addresses of this server', async () => {
      const { body } = await get('/docs/openapi.json', cookieHeader(operator));
      const served = JSON.parse(body) as ReturnType<typeof readDocument> & {
        readonly components: { readonly securitySchemes: { readonly oauth: Scheme } };
      };

      expect(served.paths).toEqual(readDocument().paths);
      // What an operator needs comes first: the operations, and the sign-in that gives their scope.
      expect((JSON.parse(body) as { tags: { name: string }[] }).tags[0]?.name).toBe('Operators');
      expect(Object.keys(served.components.securitySchemes)[0]).toBe('oauth');
      expect(served.components.securitySchemes.oauth.flows.authorizationCode).toMatchObject({
        authorizationUrl: `${app.apiUrl}/oauth/authorize`,
        tokenUrl: `${app.apiUrl}/oauth/token`,
      });
    });

    // Swagger UI compiles them without the flag "u" and then rejects valid input.
    it('has no parameter pattern with Unicode classes', async () => {
      const { body } = await get('/docs/openapi.json', cookieHeader(operator));
      const parameters = [...body.matchAll(/"parameters":\[.*?\](?=,"(?:requestBody|responses)")/g)].join('');

      expect(parameters).toContain('"pattern":');
      expect(parameters).not.toMatch(/\\\\p\{/i);
    });

    it('requests a token as the public operator client and stores none', async () => {
      const { body } = await get('/docs/swagger-start.js', cookieHeader(operator));

      expect(body).toContain('"persistAuthorization":false');
      expect(body).toContain(`"oauth2RedirectUrl":"${app.apiUrl}/docs/oauth2-redirect.html"`);
      expect(body).toContain('"clientId":"swagger-operator"');
      expect(body).toContain('"usePkceWithAuthorizationCodeGrant":true');
    });
  });

  it('shows a page when there is no Redis', async () => {
    const { body } = await get('/docs/queues', cookieHeader(operator));

    expect(body).toContain('<h1>There is no queue</h1>');
  });
});

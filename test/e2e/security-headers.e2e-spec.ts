import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { testConfig } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createHttpApp } from '../support/watched-app';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('headers of every answer', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createHttpApp(
      testConfig({ databaseUrl: database.url, env: { STRIPE_API_BASE: 'http://127.0.0.1:1' } }),
    );
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it.each([
    ['/', 200],
    ['/health/live', 200],
    ['/api/v1/auth/me', 401],
    ['/checkout/return?session_id=cs_test_unknown', 404],
    ['/checkout/cancelled', 400],
    ['/c/unknown-code', 404],
    ['/nowhere', 404],
    ['/.well-known/jwks.json', 200],
  ])('%s (%d)', async (url, status) => {
    const { statusCode, headers } = await app.inject({ url, headers: { accept: BROWSER } });

    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(
        /default-src 'none'.*frame-ancestors 'none'/,
      ) as string,
    });
    expect(Object.keys(headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(x-powered-by|server|strict-transport-security)$/)]),
    );
  });

  it('forbids caching of tokens and pages', async () => {
    const payload = { email: 'cache@example.test', password: 'correct horse battery', full_name: 'Cache' };
    const tokens = await app.inject({ method: 'POST', url: '/api/v1/auth/register', payload });
    const pages = await Promise.all(
      ['/', '/checkout/return?session_id=cs_x'].map((url) => app.inject({ url })),
    );

    expect(tokens.statusCode).toBe(201);
    expect([tokens, ...pages].map(({ headers }) => headers['cache-control'])).toEqual([
      'no-store',
      'no-store',
      'no-store',
    ]);
  });

  it('answers a browser with a problem document for unknown API paths', async () => {
    const answer = await app.inject({ url: '/api/v1/nowhere', headers: { accept: BROWSER } });

    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      404,
      expect.stringContaining('application/problem+json'),
    ]);
  });

  it('allows caching of the public keys', async () => {
    const { headers } = await app.inject({ url: '/.well-known/jwks.json' });

    expect(headers['cache-control']).toBe('public, max-age=300');
  });

  it.each([
    '/checkout/return?session_id=cs_test_unknown',
    '/checkout/return',
    '/c/unknown-code',
    '/nowhere?from=a-mail',
  ])('answers a browser at %s with an HTML page and a program with a problem document', async (url) => {
    const browser = await app.inject({ url, headers: { accept: BROWSER } });
    const program = await app.inject({ url, headers: { accept: 'application/json' } });

    expect(browser.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(browser.body).toContain('Go back to ChatGPT');
    expect(program.headers['content-type']).toContain('application/problem+json');
    expect([program.statusCode, program.json<{ status: number }>().status]).toEqual([
      browser.statusCode,
      browser.statusCode,
    ]);
  });
});

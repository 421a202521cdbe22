import { globSync, readFileSync } from 'node:fs';
import { TestApp } from '../support/app';
import { call } from '../support/http';
import { takeViolations } from '../support/watched-answers';

/** Checks the check behind all tests of this folder: an undocumented answer fails the test that caused it. */
describe('answers of the application under test', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({
      worker: false,
      prepare: (web) => {
        const fastify = web.getHttpAdapter().getInstance();
        fastify.get('/api/v1/planted', () => ({ secret: 'x' }));
        fastify.get('/api/v1/planted/failure', (_request, reply) => reply.status(500).send({ error: 'x' }));
        // A reply that bypasses Fastify, as from a mounted handler.
        fastify.get('/api/v1/planted/raw', (_request, reply) => {
          reply.hijack();
          reply.raw.writeHead(200, { 'content-type': 'application/json' }).end('{"secret":"x"}');
        });
      },
    });
  });
  afterAll(() => app.stop());

  const LEAK = 'no operation GET /api/v1/planted 200: answers with application/json';

  it('are checked when injected', async () => {
    await app.web.inject({ url: '/api/v1/planted' });

    expect(takeViolations()).toEqual([expect.stringContaining(LEAK)]);
  });

  it('are checked when fetched by any client', async () => {
    await fetch(`${app.apiUrl}/api/v1/planted`);

    expect(takeViolations()).toEqual([expect.stringContaining(LEAK)]);
  });

  it('are checked when they fail outside our filter', async () => {
    await fetch(`${app.apiUrl}/api/v1/planted/failure`);

    expect(takeViolations()).toEqual([expect.stringContaining('/planted/failure 500')]);
  });

  it('are checked on the wire when Fastify did not send them', async () => {
    await call('GET', `${app.apiUrl}/api/v1/planted/raw`);

    expect(takeViolations()).toEqual([expect.stringContaining('/planted/raw 200')]);
  });

  it('pass when they are correct', async () => {
    await call('GET', `${app.apiUrl}/health/live`);
    await call('GET', `${app.apiUrl}/nowhere`);

    expect(takeViolations()).toEqual([]);
  });

  it('come from a watched application in every test', () => {
    const unwatched = globSync('test/**/*.ts').filter((path) =>
      /src\/http-app'/.test(readFileSync(path, 'utf8')),
    );

    expect(unwatched).toEqual(['test/support/watched-app.ts']);
  });
});

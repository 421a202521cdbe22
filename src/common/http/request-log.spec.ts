import { Logger } from '@nestjs/common';
import fastify, { type FastifyInstance } from 'fastify';
import { registerRequestLog } from './request-log';

describe('the request log', () => {
  let app: FastifyInstance;
  let lines: Record<string, unknown>[];

  beforeEach(async () => {
    lines = [];
    const note = (line: unknown) => void lines.push(line as Record<string, unknown>);
    jest.spyOn(Logger.prototype, 'log').mockImplementation(note);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(note);
    app = fastify();
    registerRequestLog(app);
    app.get('/p/:code', (request) => {
      Object.assign(request, { user: { userId: 'ada' } });
      return {};
    });
    app.get('/page', (request) => {
      Object.assign(request, { browserSession: { userId: 'grace' } });
      return {};
    });
    app.get('/broken', () => Promise.reject(new Error('ada@example.test')));
    app.get('/health/live', () => ({}));
    app.all('/oauth/*', (_request, reply) => {
      reply.hijack();
      reply.raw.statusCode = 400;
      reply.raw.end();
    });
    await app.ready();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  it.each([
    [
      'a signed-in request',
      '/p/secret-code?token=secret',
      { route: '/p/:code', status: 200, user_id: 'ada' },
    ],
    ['a page', '/page', { route: '/page', status: 200, user_id: 'grace' }],
    ['a failure', '/broken', { route: '/broken', status: 500 }],
    ['the authorization server', '/oauth/token', { route: '/oauth/*', status: 400 }],
    ['an unknown address', '/no/such/secret', { route: 'unknown', status: 404 }],
  ])('has one line for %s, without its path and query', async (_, url, expected) => {
    await app.inject({ url, headers: { authorization: 'Bearer secret' } });

    expect(lines).toEqual([
      { ...expected, method: 'GET', request_id: expect.any(String), duration_ms: expect.any(Number) },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/secret|ada@/);
  });

  it('has no line for health checks', async () => {
    await app.inject('/health/live');

    expect(lines).toEqual([]);
  });
});

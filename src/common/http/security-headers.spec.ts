import { fastify, type FastifyInstance } from 'fastify';
import { htmlDocument } from './page';
import { PAGE_STYLE_SOURCE } from './page-style';
import { registerSecurityHeaders } from './security-headers';

describe('registerSecurityHeaders', () => {
  let server: FastifyInstance;

  async function headersOf(production: boolean, url = '/') {
    server = fastify();
    registerSecurityHeaders(server, { production });
    await server.register((routes, _options, done) => {
      routes.get('/', (_request, reply) =>
        reply.type('text/html').send(htmlDocument({ title: 't', body: '' })),
      );
      routes.get('/cached', (_request, reply) =>
        reply.header('cache-control', 'public, max-age=300').send('x'),
      );
      done();
    });
    return (await server.inject({ url })).headers;
  }

  afterEach(() => server.close());

  it('allows one style and no script, frame, form or base', async () => {
    const policy = String((await headersOf(false))['content-security-policy']);

    expect(policy.split(';').toSorted()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      'img-src data:',
      `style-src ${PAGE_STYLE_SOURCE}`,
    ]);
  });

  it('forbids referrers, type guessing and frames, and hides the name of the server', async () => {
    expect(await headersOf(false)).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(Object.keys(await headersOf(false))).not.toContain('x-powered-by');
  });

  it('asks browsers for https only in production', async () => {
    expect((await headersOf(false))['strict-transport-security']).toBeUndefined();
    expect((await headersOf(true))['strict-transport-security']).toBe('max-age=31536000');
  });

  it('forbids caching unless the answer says otherwise', async () => {
    expect((await headersOf(false))['cache-control']).toBe('no-store');
    expect((await headersOf(false, '/cached'))['cache-control']).toBe('public, max-age=300');
    expect((await headersOf(false, '/unknown'))['cache-control']).toBe('no-store');
  });
});

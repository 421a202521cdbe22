import { fastify, type FastifyInstance, type InjectOptions } from 'fastify';
import { registerBodyParsers } from './body-parsers';
import { FORM_BODY, parseForm } from './form-bodies';

describe('form bodies', () => {
  let server: FastifyInstance;

  beforeAll(() => {
    server = fastify();
    registerBodyParsers(server, { publicUrl: 'https://companion.example/' });
    server.post('/form', { config: FORM_BODY }, (request) => ({ got: request.body }));
    server.post('/json', (request) => ({ got: request.body }));
  });
  afterAll(() => server.close());

  async function post(url: string, headers: Record<string, string> = {}, payload = 'email=a%40b.c&note=1+2') {
    const request: InjectOptions = {
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    };
    const { statusCode, body } = await server.inject(request);
    return { statusCode, body };
  }

  it('are parsed on marked routes', async () => {
    expect(await post('/form')).toEqual({ statusCode: 200, body: '{"got":{"email":"a@b.c","note":"1 2"}}' });
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: 'https://companion.example:8443' }],
    ['a sandboxed frame', { origin: 'null' }],
    [
      'a page that lies about its origin',
      { 'sec-fetch-site': 'cross-site', origin: 'https://companion.example' },
    ],
  ])('are refused when they come from %s', async (_, headers) => {
    const { statusCode, body } = await post('/form', headers);

    expect(statusCode).toBe(500); // plain Fastify; the application's filter makes it 403
    expect(body).toContain('open the page again');
  });

  it.each([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'https://companion.example' }],
    ['our own page in a browser without fetch metadata', { origin: 'https://companion.example' }],
    ['a person who repeats the request', { 'sec-fetch-site': 'none' }],
  ])('are accepted from %s', async (_, headers) => {
    expect((await post('/form', headers)).statusCode).toBe(200);
  });

  it('are rejected on other routes, and form routes reject JSON', async () => {
    const json = { 'content-type': 'application/json' };

    expect((await post('/json')).statusCode).toBe(415);
    expect((await post('/form', json, '{"email":"x"}')).statusCode).toBe(415);
    expect((await post('/json', json, '{"email":"x"}')).statusCode).toBe(200);
  });

  it('keep the first of two values and ignore prototypes', () => {
    const form = parseForm('a=1&a=2&__proto__=x&constructor=y');

    expect({ ...form }).toEqual({ a: '1', ['__proto__']: 'x', constructor: 'y' });
    expect(Object.getPrototypeOf(form)).toBeNull();
  });
});

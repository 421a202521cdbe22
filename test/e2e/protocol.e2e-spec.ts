import { connect } from 'node:net';
import type { ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import { fastify, type FastifyInstance } from 'fastify';
import { answerConnectionError } from '../../src/common/http/protocol-errors';
import { TestApp } from '../support/app';
import { OpenApiValidator } from '../support/openapi-validator';

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends exact bytes and reads until the server closes the connection. */
function exchange(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('utf8'))));
  });
}

function parse(text: string): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: body.join('\r\n\r\n'),
  };
}

const request = (line: string, ...headers: string[]) =>
  [line, 'host: x', 'connection: close', ...headers, '', ''].join('\r\n');

/** Answers that are sent before Nest, its filters and Fastify's hooks run. */
describe('requests that are rejected before routing', () => {
  const validator = new OpenApiValidator();
  let app: TestApp;
  let port: number;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
    port = Number(new URL(app.apiUrl).port);
  });
  afterAll(() => app.stop());

  function expectProblem(answer: RawAnswer, url: string): Record<string, unknown> {
    const { status, headers, body } = answer;
    const contentType = headers['content-type'];
    expect(validator.violations({ method: 'GET', url, status, contentType, body })).toEqual([]);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    const problem = JSON.parse(body) as Record<string, unknown>;
    expect(headers['x-request-id']).toBe(problem['request_id']);
    return problem;
  }

  it('rejects a request with several Host headers', async () => {
    for (const target of ['/api/v1/payments/plans', '/sign-in', '/oauth/authorize', '/nowhere']) {
      const answer = await exchange(port, request(`GET ${target} HTTP/1.1`, 'Host: evil.example'));

      expect([target, answer.status]).toEqual([target, 400]);
    }
  });

  it('logs no failure when a client leaves in the middle of its body', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error');
    const answered = new Promise<number>((resolve) => {
      const { server } = app.web.getHttpAdapter().getInstance() as FastifyInstance;
      server.once('request', (_request: unknown, response: ServerResponse) => {
        response.once('close', () => resolve(response.statusCode));
      });
    });
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        'POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a',
      );
      setTimeout(() => socket.destroy(), 50);
    });

    expect(await answered).not.toBe(503);
    // Alerts are about the installation: no worker runs here.
    expect(errors.mock.calls.filter(([entry]) => !(entry instanceof Object && 'alert' in entry))).toEqual([]);
    errors.mockRestore();
  });

  it.each([
    ['broken percent-encoding', '/api/v1/chapters/%ff', 400, 'invalid_request'],
    ['a lone percent sign', '/%', 400, 'invalid_request'],
    ['broken encoding on a page', '/certificates/%ed%a0%80', 400, 'invalid_request'],
    ['a parameter of 101 characters', `/api/v1/chapters/${'x'.repeat(101)}`, 414, 'uri_too_long'],
    ['an address beyond the header limit', `/${'x'.repeat(20_000)}`, 431, 'headers_too_large'],
  ])('answers %s with a problem document', async (_, target, status, code) => {
    const answer = await exchange(port, request(`GET ${target} HTTP/1.1`));

    const problem = expectProblem(answer, target);
    expect([answer.status, problem['code']]).toEqual([status, code]);
  });

  it.each<[string, string | Buffer]>([
    ['a TLS handshake', Buffer.from('1603010200010001fc0303', 'hex')],
    ['words that are no HTTP', 'HELO there\r\n\r\n'],
    ['two lengths of one body', request('POST /x HTTP/1.1', 'content-length: 1', 'content-length: 2')],
    [
      'a length beside chunks',
      request('POST /api/v1/auth/login HTTP/1.1', 'content-length: 6', 'transfer-encoding: chunked'),
    ],
    ['a header with a NUL', request('GET / HTTP/1.1', 'x-a: b\u0000c')],
    ['a space before a colon', request('GET / HTTP/1.1', 'x-a : b')],
  ])('refuses %s with a problem document and closes the connection', async (_, bytes) => {
    const answer = await exchange(port, bytes);

    const problem = expectProblem(answer, '/');
    expect([answer.status, problem['code']]).toEqual([400, 'invalid_request']);
  });

  it('leaves a request without a host to Node, which rejects it without a document', async () => {
    const answer = await exchange(port, 'GET /api/v1/auth/me HTTP/1.1\r\n\r\n');

    expect([answer.status, answer.headers['content-type']]).toEqual([400, undefined]);
  });

  it('answers HEAD without a body, also when its headers are too large', async () => {
    const answer = await exchange(port, request(`HEAD /${'x'.repeat(20_000)} HTTP/1.1`));

    expect([answer.status, answer.body]).toEqual([431, '']);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(100);
  });

  it('treats an absolute target as its path in guards and answers', async () => {
    const answer = await exchange(port, request('GET http://evil.example/api/v1/auth/me HTTP/1.1'));

    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.body)).toMatchObject({ instance: '/api/v1/auth/me' });
  });

  it('ignores an unknown expectation', async () => {
    const answer = await exchange(port, request('GET /health/live HTTP/1.1', 'expect: 200-ok'));

    expect([answer.status, answer.body]).toEqual([200, '{"status":"ok"}']);
  });

  it('answers 408 to a sender who is too slow', async () => {
    const server = fastify({
      clientErrorHandler: answerConnectionError,
      http: { headersTimeout: 50, connectionsCheckingInterval: 20 },
    });
    const address = await server.listen({ port: 0, host: '127.0.0.1' });
    try {
      const answer = await exchange(Number(new URL(address).port), 'GET / HTTP/1.1\r\nhost: x\r\n');

      const problem = expectProblem(answer, '/');
      expect([answer.status, problem['code']]).toEqual([408, 'request_timeout']);
    } finally {
      await server.close();
    }
  });

  it('closes the connection after an Upgrade, which would leave later requests without an answer', async () => {
    const upgrade = [
      'GET /health/live HTTP/1.1',
      'host: x',
      'upgrade: websocket',
      'connection: upgrade',
      '',
      '',
    ];
    const { status, headers } = await exchange(port, upgrade.join('\r\n'));

    expect([status, headers['connection']]).toEqual([200, 'close']);
  });
});

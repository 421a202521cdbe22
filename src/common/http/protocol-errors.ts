import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequestError } from 'src/common/errors/app-error';
import { pathOnly } from './logging';
import { toProblem, type ProblemDetails } from './problem-details';
import { requestIdFrom } from './request-id';

const PROBLEM_TYPE = 'application/problem+json';
/** Every other malformed request is 400. */
const STATUS_OF_CONNECTION_ERROR: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** No hook runs for these answers, so the important headers of all other answers are repeated here. */
const headersOf = ({ request_id: requestId }: ProblemDetails): Readonly<Record<string, string>> => ({
  'content-type': PROBLEM_TYPE,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-request-id': requestId,
});

/** Answers a target that the router cannot read: broken percent-encoding, or a parameter beyond its limit. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { body } = toProblem(error, { path: pathOnly(request.url), requestId: String(request.id) });
  void reply.status(body.status).headers(headersOf(body)).send(JSON.stringify(body));
}

/** Answers a malformed request that Node's parser rejects, and closes the connection. */
export function answerConnectionError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUS_OF_CONNECTION_ERROR[error.code] ?? 400;
  // The path was part of the unreadable request.
  const { body } = toProblem({ statusCode: status }, { path: '/', requestId: requestIdFrom(undefined) });
  const text = JSON.stringify(body);
  const head = {
    ...headersOf(body),
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  if (socket.writable) {
    // The reason phrase may be omitted (RFC 9112, section 4); the space before it may not.
    socket.end([`HTTP/1.1 ${status} `, ...lines, '', isHead(error) ? '' : text].join('\r\n'));
  }
  socket.destroySoon();
}

/** True when the malformed request begins like a HEAD: the client would read a body as the next answer. */
const isHead = ({ rawPacket }: { readonly rawPacket?: unknown }): boolean =>
  Buffer.isBuffer(rawPacket) && rawPacket.subarray(0, 5).toString('latin1') === 'HEAD ';

/** A target may be an absolute address (RFC 9112, section 3.2.2); all later code sees only the path. */
export const toOriginForm = ({ url = '/' }: IncomingMessage): string =>
  url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';

/** RFC 9112, section 3.2: a request with several Host headers is rejected, because two parties may read different ones. */
export function refuseSeveralHosts(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const hosts = request.raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
    done(hosts.length > 1 ? new InvalidRequestError('The request has several Host headers.') : undefined);
  });
}

/** Ignores unknown expectations, as RFC 9110, section 10.1.1 allows. Node would send a bare 417. */
export function ignoreUnknownExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/**
 * Ignores an Upgrade, as RFC 9110, section 7.8 allows, and closes its connection with the answer. Node would keep the
 * connection and then leave a later request with too large a head without an answer.
 */
export function endConnectionsThatUpgrade(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.headers.upgrade !== undefined) void reply.header('connection', 'close');
    done();
  });
}

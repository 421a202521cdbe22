import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pathOnly } from './logging';
import { toProblem, type ProblemDetails } from './problem-details';
import { requestIdFrom } from './request-id';

const PROBLEM_TYPE = 'application/problem+json';
/** What cannot be read as HTTP is 400. */
const STATUS_OF_CONNECTION_ERROR: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** No hook runs for these answers, so what matters of the headers of all others is said here. */
const headersOf = ({ request_id: requestId }: ProblemDetails): Readonly<Record<string, string>> => ({
  'content-type': PROBLEM_TYPE,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-request-id': requestId,
});

/** A target that no router can read: broken percent-encoding, or a parameter beyond the router's limit. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { body } = toProblem(error, { path: pathOnly(request.url), requestId: String(request.id) });
  void reply.status(body.status).headers(headersOf(body)).send(JSON.stringify(body));
}

/** What Node's parser refuses before there is a request: answered like everything else, then the connection ends. */
export function answerConnectionError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUS_OF_CONNECTION_ERROR[error.code] ?? 400;
  // The path stood in what could not be read.
  const { body } = toProblem({ statusCode: status }, { path: '/', requestId: requestIdFrom(undefined) });
  const text = JSON.stringify(body);
  const head = {
    ...headersOf(body),
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  if (socket.writable) {
    // The words after the status may be left out (RFC 9112, section 4); the space before them may not.
    socket.end([`HTTP/1.1 ${status} `, ...lines, '', isHead(error) ? '' : text].join('\r\n'));
  }
  socket.destroySoon();
}

/** Whether what could not be read begins like a HEAD: a client would take a body for the next answer. */
const isHead = ({ rawPacket }: { readonly rawPacket?: unknown }): boolean =>
  Buffer.isBuffer(rawPacket) && rawPacket.subarray(0, 5).toString('latin1') === 'HEAD ';

/** A target may name the whole address (RFC 9112, section 3.2.2); everything behind this sees the path alone. */
export const toOriginForm = ({ url = '/' }: IncomingMessage): string =>
  url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';

/** Expectations that nobody knows are ignored, as RFC 9110, section 10.1.1 allows; Node would send a bare 417. */
export function ignoreUnknownExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/**
 * Nothing here speaks another protocol: an Upgrade is ignored, as RFC 9110, section 7.8 allows, and its connection ends
 * with the answer. Node would keep it and then say nothing to a further request with too long a head.
 */
export function endConnectionsThatUpgrade(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.headers.upgrade !== undefined) void reply.header('connection', 'close');
    done();
  });
}

import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { withinRequest } from 'src/common/request-context';

const logger = new Logger('Request');

interface Caller {
  /** Of an access token. */
  readonly user?: { readonly userId?: string };
  /** Of the session cookie. */
  readonly browserSession?: { readonly userId?: string };
}

/** Load balancers ask every few seconds. */
const isHealthCheck = (route: string): boolean => route.startsWith('/health/');

/**
 * The request id in each answer, and one line per answered request, with its route instead of its path: paths hold short links, certificate codes and ids.
 * A hook of Fastify, so that it also sees the authorization server, the operator pages and unknown addresses.
 */
export function registerRequestLog(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    withinRequest({ requestId: String(request.id) }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const line = requestLine(request, reply);
    if (!isHealthCheck(line.route)) {
      if (line.status >= 500) logger.error(line, 'request');
      else logger.log(line, 'request');
    }
    done();
  });
}

function requestLine(request: FastifyRequest & Caller, reply: FastifyReply) {
  const userId = request.user?.userId ?? request.browserSession?.userId;
  return {
    request_id: String(request.id),
    method: request.method,
    route: request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'),
    status: reply.raw.statusCode,
    duration_ms: Math.round(reply.elapsedTime),
    ...(userId === undefined ? {} : { user_id: userId }),
  };
}

import type { FastifyInstance } from 'fastify';
import { isAllowed } from './allow-list';
import type { Metrics } from './metrics';

/** Counts and times every request by route, and serves `/metrics` to the allowed addresses. */
export function registerHttpMetrics(
  fastify: FastifyInstance,
  metrics: Metrics,
  { allowedAddresses }: { readonly allowedAddresses: readonly string[] },
): void {
  const duration = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by method, route and status',
    labels: ['method', 'route', 'status'],
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    // The route, not the path: a path holds ids, and would make a series of its own.
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  // The peer itself, not what a header claims.
  fastify.get('/metrics', async (request, reply) => {
    if (!isAllowed(request.socket.remoteAddress, allowedAddresses)) return reply.callNotFound();
    return reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.read());
  });
}

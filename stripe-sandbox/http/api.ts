import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../core/errors';
import { newId } from '../core/random';
import type { World } from '../core/world';
import type { Expander } from './expand';
import { type ApiFaultPlan, type ApiFate, NO_FATE } from './api-faults';
import { checkKey } from './auth';
import { type FormMap, parseForm } from './form';
import type { IdempotencyKeys } from './idempotency';
import { Input } from './input';
import type { RateLimit } from './rate-limit';
import type { Call, Route } from './route';

export interface ApiParts {
  world: World;
  routes: readonly Route[];
  expander: Expander;
  keys: IdempotencyKeys;
  faults: ApiFaultPlan;
  limit: RateLimit;
  /** Runs a call at the time of the test clock it concerns, if any. */
  atItsTime<T>(call: Call, work: () => T): T;
  /** Called after every call that may have changed something. */
  changed(): void;
}

interface Result {
  status: number;
  body: string;
  replayed?: boolean;
}

/** Serves the rooms below `/v1` as Stripe does: keys, idempotency, expansion, error bodies, request ids. */
export function serveApi(server: FastifyInstance, parts: ApiParts): void {
  for (const route of parts.routes) {
    server.route({
      method: route.method,
      url: `/v1${route.path}`,
      handler: (request, reply) => answer(parts, { route, request }, reply),
    });
  }
  server.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/v1/*',
    handler: (request, reply) => {
      const requestId = newId('req', 14);
      const message = `Unrecognized request URL (${request.method}: ${request.url.split('?')[0]}).`;
      send(
        reply,
        requestId,
        failure(new ApiError(404, { type: 'invalid_request_error', message }), requestId),
      );
      return reply;
    },
  });
}

async function answer(parts: ApiParts, asked: Asked, reply: FastifyReply): Promise<FastifyReply> {
  const { route, request } = asked;
  const requestId = newId('req', 14);
  const key = route.method === 'POST' ? headerOf(request, 'idempotency-key') : undefined;
  if (key !== undefined) void reply.header('Idempotency-Key', key);
  const result = await settle(parts, asked, { requestId, key });
  if (result === 'cut') {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  if (result.replayed) void reply.header('Idempotent-Replayed', 'true');
  send(reply, requestId, result);
  return reply;
}

interface Asked {
  route: Route;
  request: FastifyRequest;
}

interface Ids {
  requestId: string;
  key: string | undefined;
}

async function settle(parts: ApiParts, asked: Asked, ids: Ids): Promise<Result | 'cut'> {
  const { request } = asked;
  const path = request.url.split('?')[0] ?? '';
  let fate: ApiFate = NO_FATE;
  let result: Result;
  try {
    checkKey(request.headers.authorization);
    fate = parts.faults.fate(request.method, path);
    if (ids.key === undefined) {
      result = await perform(parts, asked, { ...ids, fate });
    } else {
      const body = typeof request.body === 'string' ? request.body : '';
      const claim = parts.keys.claim(ids.key, { method: request.method, path, body });
      if (claim.kind === 'replay') return fate.dropReply ? 'cut' : { ...claim.answer, replayed: true };
      result = await perform(parts, asked, { ...ids, fate });
      if (isKept(result)) parts.keys.keep(ids.key, { status: result.status, body: result.body });
      else parts.keys.forget(ids.key);
    }
  } catch (error) {
    result = failure(error, ids.requestId);
  }
  return fate.dropReply ? 'cut' : result;
}

/** Results of work are kept, 500s included; what was refused before any work is not. */
function isKept({ status }: Result): boolean {
  return status < 400 || status === 402 || status >= 500;
}

async function perform(
  parts: ApiParts,
  { route, request }: Asked,
  how: Ids & { fate: ApiFate },
): Promise<Result> {
  const { fate, requestId, key } = how;
  if (fate.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, fate.slowMs));
  try {
    if (fate.status !== null) throw injected(fate.status);
    if (!parts.limit.admits(route.method)) throw injected(429);
    const input = readParameters(request);
    const version = headerOf(request, 'stripe-version');
    const path = request.params as Record<string, string>;
    const { world } = parts;
    const cause = { id: requestId, idempotency_key: key ?? null };
    const call = { world, input, version, part: (name: string) => path[name] ?? '' };
    const found = parts.atItsTime(call, () => world.journal.bracket(cause, () => route.handle(call)));
    if (route.method !== 'GET') parts.changed();
    const expanded = parts.expander.expand(world, found, input.texts('expand'));
    return { status: 200, body: JSON.stringify(expanded, null, 2) };
  } catch (error) {
    return failure(error, requestId);
  }
}

function injected(status: number): ApiError {
  if (status === 429) {
    return new ApiError(429, {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Request rate limit exceeded.',
    });
  }
  return new ApiError(status, { type: 'api_error', message: 'An injected fault of the sandbox.' });
}

function readParameters(request: FastifyRequest): Input {
  const query = request.url.split('?')[1] ?? '';
  const body = typeof request.body === 'string' ? request.body : '';
  const values: FormMap = { ...parseForm(query), ...parseForm(body) };
  return new Input(values);
}

function failure(error: unknown, requestId: string): Result {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, {
          type: 'api_error',
          message: `The sandbox failed: ${String((error as Error).stack)}`,
        });
  const { code } = known.body;
  const body = {
    error: {
      ...known.body,
      ...(code ? { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` } : {}),
      request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
    },
  };
  return { status: known.status, body: JSON.stringify(body, null, 2) };
}

function send(reply: FastifyReply, requestId: string, { status, body }: Result): void {
  void reply
    .code(status)
    .header('Content-Type', 'application/json')
    .header('Request-Id', requestId)
    .header('Stripe-Version', '2026-10-28.endive')
    .send(body);
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

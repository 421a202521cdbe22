import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../core/errors';
import { newId } from '../core/random';
import { checkVersion, isCurrent } from '../core/version';
import type { World } from '../core/world';
import type { Expander } from './expand';
import { type ApiFaultPlan, type ApiFaultDecision, NO_FAULT } from './api-faults';
import { checkKey } from './auth';
import { type FormMap, parseForm } from './form';
import type { IdempotencyKeys } from './idempotency';
import { Input } from './input';
import type { RateLimit } from './rate-limit';
import { failure, injected, type Result, send } from './result';
import type { Call, Route } from './route';

export interface ApiParts {
  world: World;
  routes: readonly Route[];
  expander: Expander;
  keys: IdempotencyKeys;
  faults: ApiFaultPlan;
  limit: RateLimit;
  /** Runs a call at the time of the test clock it concerns, if any. */
  atClockOf<T>(call: Call, work: () => T): T;
  /** Called after every call that may have changed something. */
  changed(): void;
}

/** Serves the resources below `/v1` as Stripe does: keys, parameters, idempotency, expansion, error bodies, request ids. */
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
      const error = new ApiError(404, { type: 'invalid_request_error', message });
      send(reply, requestId, failure(error, requestId));
      return reply;
    },
  });
}

async function answer(parts: ApiParts, asked: ApiRequest, reply: FastifyReply): Promise<FastifyReply> {
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
  send(reply, requestId, result);
  return reply;
}

interface ApiRequest {
  route: Route;
  request: FastifyRequest;
}

interface Ids {
  requestId: string;
  key: string | undefined;
}

async function settle(parts: ApiParts, asked: ApiRequest, ids: Ids): Promise<Result | 'cut'> {
  const { request } = asked;
  const path = request.url.split('?')[0] ?? '';
  let fate: ApiFaultDecision = NO_FAULT;
  let result: Result;
  try {
    checkKey(request.headers.authorization);
    fate = parts.faults.fate(request.method, path);
    if (fate.cut) return 'cut';
    if (ids.key === undefined) {
      result = await perform(parts, asked, { ...ids, fate });
    } else {
      const body = typeof request.body === 'string' ? request.body : '';
      const claim = parts.keys.claim(ids.key, { method: request.method, path, body });
      if (claim.kind === 'replay') return fate.dropReply ? 'cut' : replayed(claim.answer);
      result = await perform(parts, asked, { ...ids, fate });
      if (isKept(result)) parts.keys.keep(ids.key, { ...result, original: ids.requestId });
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

/** A stored failure is replayed as a failure. */
function replayed({ status, body, original = '' }: Result): Result {
  return { status, body, original, ...(status >= 400 ? { shouldRetry: false } : {}) };
}

async function perform(
  parts: ApiParts,
  { route, request }: ApiRequest,
  how: Ids & { fate: ApiFaultDecision },
): Promise<Result> {
  const { fate, requestId, key } = how;
  if (fate.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, fate.slowMs));
  try {
    if (fate.status !== null) throw injected(fate.status);
    if (!parts.limit.admits(route.method)) throw injected(429);
    const { world } = parts;
    const call = readCall(world, request);
    checkVersion(call.version);
    route.accepts.check(call.input.values, isCurrent(call.version));
    const cause = { id: requestId, idempotency_key: key ?? null };
    const found = parts.atClockOf(call, () => world.journal.bracket(cause, () => route.handle(call)));
    if (route.method !== 'GET') parts.changed();
    const expanded = parts.expander.expand(world, found, call.input.texts('expand'));
    return { status: 200, body: JSON.stringify(expanded, null, 2) };
  } catch (error) {
    return failure(error, requestId);
  }
}

function readCall(world: World, request: FastifyRequest): Call {
  const query = request.url.split('?')[1] ?? '';
  const body = typeof request.body === 'string' ? request.body : '';
  const values: FormMap = { ...parseForm(query), ...parseForm(body) };
  const path = request.params as Record<string, string>;
  return {
    world,
    input: new Input(values),
    version: headerOf(request, 'stripe-version'),
    part: (name) => path[name] ?? '',
  };
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

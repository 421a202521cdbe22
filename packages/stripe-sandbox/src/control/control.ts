import type { FastifyInstance, FastifyReply } from 'fastify';
import { ApiError, invalid, noSuch } from '../core/errors';
import { settleSession } from '../resources/checkout/settlement';
import { rollSecret, webhookEndpoints } from '../resources/webhook-endpoints/webhook-endpoint';
import type { Sandbox, Snapshot } from '../sandbox';
import { asSnapshot } from '../snapshot-lines';
import { readDeliveryFaults, readApiFaults } from './fault-input';

/** The control API below `/sandbox`: time, faults and deliveries. JSON in, JSON out, no key needed. */
export function serveControl(server: FastifyInstance, sandbox: Sandbox, prepare: () => void): void {
  const { world, dispatcher, apiFaults } = sandbox;
  server.get('/sandbox/health', () => ({ ok: true }));
  server.get('/sandbox/clock', () => clockOf(sandbox));
  server.post('/sandbox/clock', (request, reply) =>
    guarded(reply, () => {
      advance(sandbox, readTarget(readJson(request.body), world.clock.now()));
      return clockOf(sandbox);
    }),
  );
  server.get('/sandbox/faults', () => ({ ...dispatcher.plan.faults, api: apiFaults.faults }));
  server.post('/sandbox/faults', (request, reply) =>
    guarded(reply, () => {
      const body = readJson(request.body);
      if (Object.keys(body).some((name) => name !== 'api')) {
        dispatcher.useFaults(readDeliveryFaults(body, dispatcher.plan.faults));
      }
      if (body['api'] !== undefined) apiFaults.use(readApiFaults(body['api']));
      return { ...dispatcher.plan.faults, api: apiFaults.faults };
    }),
  );
  server.post('/sandbox/deliveries/pause', () => {
    dispatcher.pause();
    return { paused: true };
  });
  server.post('/sandbox/deliveries/resume', () => ({ paused: false, released: dispatcher.resume() }));
  server.get('/sandbox/deliveries', () => ({ paused: dispatcher.isPaused, data: dispatcher.list() }));
  server.get('/sandbox/snapshot', () => sandbox.snapshot());
  server.post('/sandbox/snapshot', { bodyLimit: LARGEST_SNAPSHOT }, (request, reply) =>
    guarded(reply, () => {
      restore(sandbox, readJson(request.body));
      return { restored: true };
    }),
  );
  server.post('/sandbox/reset', () => {
    sandbox.reset();
    prepare();
    return { reset: true };
  });
  server.post<{ Params: { id: string } }>('/sandbox/webhook_endpoints/:id/roll', (request, reply) =>
    guarded(reply, () => {
      const overlap = readOverlap(readJson(request.body));
      if (!webhookEndpoints(world).find(request.params.id))
        throw noSuch('webhook endpoint', request.params.id);
      sandbox.revision++;
      return { secret: rollSecret(world, request.params.id, overlap) };
    }),
  );
  server.post<{ Params: { id: string } }>('/sandbox/checkout_sessions/:id/settle', (request, reply) =>
    guarded(reply, () => {
      const { outcome } = readJson(request.body);
      if (outcome !== 'succeeded' && outcome !== 'failed')
        throw invalid('outcome is succeeded or failed', 'outcome');
      return world.journal.automatic(() => settleSession(world, request.params.id, outcome));
    }),
  );
}

const LARGEST_SNAPSHOT = 256 * 1024 * 1024;

function restore(sandbox: Sandbox, value: unknown): void {
  let snapshot: Snapshot;
  try {
    snapshot = asSnapshot(value);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  sandbox.dispatcher.clear();
  sandbox.restore(snapshot);
  sandbox.revision++;
}

/** Moves business time and runs everything that falls due on the way, in order. */
export function advance(sandbox: Sandbox, target: number): void {
  sandbox.world.scheduler.advanceTo(target);
  sandbox.revision++;
}

function clockOf({ world: { clock } }: Sandbox): { now: string; offset_seconds: number } {
  return { now: new Date(clock.now() * 1000).toISOString(), offset_seconds: clock.offset };
}

function readTarget(body: Record<string, unknown>, now: number): number {
  const { advance_seconds, to } = body;
  const target =
    typeof to === 'string' ? Math.floor(Date.parse(to) / 1000) : now + (advance_seconds as number);
  if (!Number.isSafeInteger(target))
    throw invalid('Give advance_seconds (a whole number) or to (an ISO time).');
  if (target < now)
    throw invalid('The clock never runs backwards.', to === undefined ? 'advance_seconds' : 'to');
  return target;
}

const LONGEST_OVERLAP = 86_400;

function readOverlap({ overlap_seconds = LONGEST_OVERLAP }: Record<string, unknown>): number {
  const isValid = Number.isSafeInteger(overlap_seconds) && (overlap_seconds as number) >= 0;
  if (isValid && (overlap_seconds as number) <= LONGEST_OVERLAP) return overlap_seconds as number;
  throw invalid('overlap_seconds is between 0 and 86400', 'overlap_seconds');
}

function readJson(body: unknown): Record<string, unknown> {
  if (typeof body !== 'string' || body === '') return {};
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    throw invalid('The body must be JSON.');
  }
}

function guarded(reply: FastifyReply, work: () => object): object {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    void reply.code(error.status);
    return { error: error.body };
  }
}

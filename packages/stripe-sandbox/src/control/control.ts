import type { FastifyInstance } from 'fastify';
import { invalid } from '../core/errors';
import type { Sandbox, Snapshot } from '../sandbox';
import { asSnapshot } from '../snapshot-lines';
import { readDeliveryFaults, readApiFaults } from './fault-input';
import { guarded, readJson } from './json';
import { serveObjects } from './objects';

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
  serveDeliveries(server, sandbox);
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
  serveObjects(server, sandbox);
}

function serveDeliveries(server: FastifyInstance, { dispatcher }: Sandbox): void {
  server.post('/sandbox/deliveries/pause', () => {
    dispatcher.pause();
    return { paused: true };
  });
  server.post('/sandbox/deliveries/resume', () => ({ paused: false, released: dispatcher.resume() }));
  server.get('/sandbox/deliveries', () => ({ paused: dispatcher.isPaused, data: dispatcher.list() }));
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

import type { FastifyInstance } from 'fastify';
import { invalid, noSuch } from '../core/errors';
import { settleSession } from '../resources/checkout/settlement';
import { getInvoice } from '../resources/invoices/invoice';
import { markUncollectible, UNCOLLECTIBLE_REASONS } from '../resources/invoices/uncollected';
import { PAUSE_REASONS, pauseFor } from '../resources/subscriptions/pause-state';
import { getSubscription } from '../resources/subscriptions/subscription';
import { rollSecret, webhookEndpoints } from '../resources/webhook-endpoints/webhook-endpoint';
import type { Sandbox } from '../sandbox';
import { guarded, readJson } from './json';

/** Triggers automatic actions of Stripe on single objects. */
export function serveObjects(server: FastifyInstance, sandbox: Sandbox): void {
  const { world } = sandbox;
  server.post<{ Params: { id: string } }>('/sandbox/webhook_endpoints/:id/roll', (request, reply) =>
    guarded(reply, () => {
      const overlap = readOverlap(readJson(request.body));
      if (!webhookEndpoints(world).find(request.params.id))
        throw noSuch('webhook endpoint', request.params.id);
      sandbox.revision++;
      return { secret: rollSecret(world, request.params.id, overlap) };
    }),
  );
  server.post<{ Params: { id: string } }>('/sandbox/subscriptions/:id/pause', (request, reply) =>
    guarded(reply, () => {
      const reason = readReason(PAUSE_REASONS, readJson(request.body));
      const { id } = getSubscription(world, request.params.id);
      return world.journal.automatic(() => pauseFor(world, id, reason));
    }),
  );
  server.post<{ Params: { id: string } }>('/sandbox/invoices/:id/mark_uncollectible', (request, reply) =>
    guarded(reply, () => {
      const reason = readReason(UNCOLLECTIBLE_REASONS, readJson(request.body));
      const { id, status } = getInvoice(world, request.params.id);
      if (status !== 'open') throw invalid('You can only mark open invoices as uncollectible.', 'id');
      return world.journal.automatic(() => markUncollectible(world, id, reason));
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

function readReason<T extends string>(allowed: readonly T[], { reason }: Record<string, unknown>): T {
  const known = allowed.find((name) => name === reason);
  if (known === undefined) throw invalid(`reason is one of ${allowed.join(', ')}`, 'reason');
  return known;
}

const LONGEST_OVERLAP = 86_400;

function readOverlap({ overlap_seconds = LONGEST_OVERLAP }: Record<string, unknown>): number {
  const isValid = Number.isSafeInteger(overlap_seconds) && (overlap_seconds as number) >= 0;
  if (isValid && (overlap_seconds as number) <= LONGEST_OVERLAP) return overlap_seconds as number;
  throw invalid('overlap_seconds is between 0 and 86400', 'overlap_seconds');
}

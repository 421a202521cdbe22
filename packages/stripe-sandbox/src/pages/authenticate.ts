import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../core/errors';
import type { World } from '../core/world';
import { parseForm } from '../http/form';
import { paymentIntents } from '../resources/payment-intents/intent.record';
import { finishAuthentication } from '../resources/payment-intents/payment-intent';
import { paymentMethods } from '../resources/payment-methods/payment-method';
import { finishSetup, setupIntents } from '../resources/setup-intents/setup-intent';
import { onClockOf } from '../resources/test-clocks/test-clock';
import type { Sandbox } from '../sandbox';
import { authenticationPage, messagePage } from './message-view';

type IntentRequest = FastifyRequest<{ Params: { id: string } }>;

/** What waits for the customer of an intent, and what becomes of it; the reason when it fails. */
interface PendingAuthentication {
  kind: 'payment_intent' | 'setup_intent';
  id: string;
  secret: string | null;
  amount: number;
  currency: string;
  method: string | null;
  returnUrl: string | null;
  finish(passed: boolean): string | undefined;
}

/** Where `next_action.redirect_to_url` of an intent leads: the bank's page for payments made through the API. */
export function serveAuthentication(server: FastifyInstance, { world }: Sandbox): void {
  server.get('/authenticate/:id', (request: IntentRequest, reply) => {
    const waiting = findPendingAuthentication(world, request.params.id);
    if (!waiting) return show(reply, NOTHING_TO_DO);
    const { id, amount, currency, method } = waiting;
    const last4 = paymentMethods(world).find(method ?? '')?.card?.last4 ?? '';
    return show(reply, authenticationPage({ action: `/authenticate/${id}`, amount, currency, last4 }));
  });
  server.post('/authenticate/:id', (request: IntentRequest, reply) => {
    const waiting = findPendingAuthentication(world, request.params.id);
    if (!waiting) return show(reply, NOTHING_TO_DO);
    const passed = parseForm(String(request.body))['result'] === 'complete';
    const work = () => world.journal.automatic(() => waiting.finish(passed));
    const failure = onClockOf(world, [waiting.id], work);
    const back = backTo(waiting, failure === undefined);
    if (back !== undefined) return reply.redirect(back, 303);
    const title = failure === undefined ? 'Payment confirmed' : 'Payment not confirmed';
    return show(reply, messagePage({ title, text: `${failure ?? ''} You can close this page.` }));
  });
}

function findPendingAuthentication(world: World, id: string): PendingAuthentication | undefined {
  const setup = setupIntents(world).find(id);
  const intent = setup ?? paymentIntents(world).find(id);
  if (intent?.status !== 'requires_action') return undefined;
  return {
    kind: intent.object,
    id,
    secret: intent.client_secret,
    amount: intent.object === 'payment_intent' ? intent.amount : 0,
    currency: intent.object === 'payment_intent' ? intent.currency : 'usd',
    method: intent.payment_method,
    returnUrl: intent.next_action?.redirect_to_url?.return_url ?? null,
    finish: (passed) => (setup ? setUp(world, id, passed) : pay(world, id, passed)),
  };
}

function pay(world: World, id: string, passed: boolean): string | undefined {
  const outcome = finishAuthentication(world, id, passed);
  return outcome.kind === 'declined' ? outcome.decline.message : undefined;
}

function setUp(world: World, id: string, passed: boolean): string | undefined {
  try {
    finishSetup(world, id, passed);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.body.message;
  }
}

/** The address the caller gave, told what became of the intent as Stripe tells it. */
function backTo(
  { kind, id, secret, returnUrl }: PendingAuthentication,
  succeeded: boolean,
): string | undefined {
  if (returnUrl === null || !URL.canParse(returnUrl)) return undefined;
  const url = new URL(returnUrl);
  url.searchParams.set(kind, id);
  url.searchParams.set(`${kind}_client_secret`, secret ?? '');
  url.searchParams.set('redirect_status', succeeded ? 'succeeded' : 'failed');
  return url.toString();
}

const NOTHING_TO_DO = messagePage({
  title: 'Nothing to confirm',
  text: 'This payment needs no confirmation.',
});

function show(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-store').send(text);
}

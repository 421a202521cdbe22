import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../core/errors';
import type { World } from '../core/world';
import { parseForm } from '../http/form';
import { paymentIntents } from '../resources/payment-intents/intent.record';
import { finishAuthentication } from '../resources/payment-intents/payment-intent';
import { paymentMethods } from '../resources/payment-methods/payment-method';
import { finishSetup, type SetupIntentRecord, setupIntents } from '../resources/setup-intents/setup-intent';
import type { Sandbox } from '../sandbox';
import { authenticationPage, messagePage } from './message-view';

type IntentRequest = FastifyRequest<{ Params: { id: string } }>;

/** Where `next_action.redirect_to_url` of an intent leads: the bank's page for payments made through the API. */
export function serveAuthentication(server: FastifyInstance, { world }: Sandbox): void {
  server.get('/authenticate/:id', (request: IntentRequest, reply) => {
    const setup = setupIntents(world).find(request.params.id);
    if (setup?.status === 'requires_action') return reply.type(HTML).send(setupPage(world, setup));
    const intent = paymentIntents(world).find(request.params.id);
    void reply.type('text/html; charset=utf-8');
    if (intent?.status !== 'requires_action') return reply.send(NOTHING_TO_DO);
    const last4 = paymentMethods(world).find(intent.payment_method ?? '')?.card?.last4 ?? '';
    const { amount, currency } = intent;
    return reply.send(authenticationPage({ action: `/authenticate/${intent.id}`, amount, currency, last4 }));
  });
  server.post('/authenticate/:id', (request: IntentRequest, reply) => {
    const setup = setupIntents(world).find(request.params.id);
    if (setup?.status === 'requires_action') {
      return reply.type(HTML).send(finish(world, setup, String(request.body)));
    }
    const intent = paymentIntents(world).find(request.params.id);
    void reply.type('text/html; charset=utf-8');
    if (intent?.status !== 'requires_action') return reply.send(NOTHING_TO_DO);
    const passed = parseForm(String(request.body))['result'] === 'complete';
    const outcome = world.journal.automatic(() => finishAuthentication(world, intent.id, passed));
    const title = outcome.kind === 'succeeded' ? 'Payment confirmed' : 'Payment not confirmed';
    return reply.send(messagePage({ title, text: 'You can close this page.' }));
  });
}

const HTML = 'text/html; charset=utf-8';

function setupPage(world: World, { id, payment_method }: SetupIntentRecord): string {
  const last4 = paymentMethods(world).find(payment_method ?? '')?.card?.last4 ?? '';
  return authenticationPage({ action: `/authenticate/${id}`, amount: 0, currency: 'usd', last4 });
}

function finish(world: World, setup: SetupIntentRecord, body: string): string {
  const passed = parseForm(body)['result'] === 'complete';
  try {
    world.journal.automatic(() => finishSetup(world, setup.id, passed));
    return messagePage({ title: 'Card confirmed', text: 'You can close this page.' });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return messagePage({ title: 'Card not confirmed', text: error.body.message });
  }
}

const NOTHING_TO_DO = messagePage({
  title: 'Nothing to confirm',
  text: 'This payment needs no confirmation.',
});

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseForm } from '../http/form';
import { paymentIntents } from '../resources/payment-intents/intent.record';
import { finishAuthentication } from '../resources/payment-intents/payment-intent';
import { paymentMethods } from '../resources/payment-methods/payment-method';
import type { Sandbox } from '../sandbox';
import { authenticationPage, messagePage } from './message-view';

type IntentRequest = FastifyRequest<{ Params: { id: string } }>;

/** Where `next_action.redirect_to_url` of an intent leads: the bank's page for payments made through the API. */
export function serveAuthentication(server: FastifyInstance, { world }: Sandbox): void {
  server.get('/authenticate/:id', (request: IntentRequest, reply) => {
    const intent = paymentIntents(world).find(request.params.id);
    void reply.type('text/html; charset=utf-8');
    if (intent?.status !== 'requires_action') return reply.send(NOTHING_TO_DO);
    const last4 = paymentMethods(world).find(intent.payment_method ?? '')?.card?.last4 ?? '';
    const { amount, currency } = intent;
    return reply.send(authenticationPage({ action: `/authenticate/${intent.id}`, amount, currency, last4 }));
  });
  server.post('/authenticate/:id', (request: IntentRequest, reply) => {
    const intent = paymentIntents(world).find(request.params.id);
    void reply.type('text/html; charset=utf-8');
    if (intent?.status !== 'requires_action') return reply.send(NOTHING_TO_DO);
    const passed = parseForm(String(request.body))['result'] === 'complete';
    const outcome = world.journal.automatic(() => finishAuthentication(world, intent.id, passed));
    const title = outcome.kind === 'succeeded' ? 'Payment confirmed' : 'Payment not confirmed';
    return reply.send(messagePage({ title, text: 'You can close this page.' }));
  });
}

const NOTHING_TO_DO = messagePage({
  title: 'Nothing to confirm',
  text: 'This payment needs no confirmation.',
});

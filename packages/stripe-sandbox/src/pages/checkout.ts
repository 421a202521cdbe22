import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../core/errors';
import type { World } from '../core/world';
import { parseForm } from '../http/form';
import { applyPromotionCode } from '../resources/checkout/promotion';
import { finishSessionAuthentication, paySession } from '../resources/checkout/pay';
import type { PayResult } from '../resources/checkout/complete';
import { needsMethod, secretsOf, type SessionRecord, sessions } from '../resources/checkout/session';
import { findCustomer } from '../resources/customers/customer';
import { findEventAbout } from '../resources/events/event';
import { getIntent } from '../resources/payment-intents/payment-intent';
import {
  createCard,
  createSepaDebit,
  type PaymentMethodRecord,
  paymentMethods,
} from '../resources/payment-methods/payment-method';
import { getSetupIntent } from '../resources/setup-intents/setup-intent';
import { onClockOf } from '../resources/test-clocks/test-clock';
import type { Sandbox } from '../sandbox';
import {
  type CardForm,
  EMPTY_FORM,
  fieldOfDecline,
  type FieldErrors,
  findMistakes,
  parseExpiry,
  readCardForm,
} from './card-form';
import { checkoutPage } from './checkout-view';
import { closedPage, successUrl } from './closed-session';
import { authenticationPage } from './message-view';

type SessionRequest = FastifyRequest<{ Params: { id: string } }>;

/** How long the redirect waits for the answer to checkout.session.completed. */
const LONGEST_WAIT_MS = 10_000;

/** The hosted payment page. It is plain HTML and works without scripts. */
export function serveCheckout(server: FastifyInstance, sandbox: Sandbox): void {
  const { world } = sandbox;
  server.get('/c/pay/:id', (request: SessionRequest, reply) => {
    const session = sessions(world).find(request.params.id);
    if (session?.status !== 'open') return showClosed(reply, session);
    return show(reply, checkoutPage(world, { session, form: EMPTY_FORM, errors: {} }));
  });
  server.post('/c/pay/:id', async (request: SessionRequest, reply) => {
    const session = sessions(world).find(request.params.id);
    if (session?.status !== 'open') return goOn(sandbox, reply, session);
    const fields = fieldsOf(request);
    const form = readCardForm(fields);
    if (fields['switch']) return show(reply, checkoutPage(world, { session, form, errors: {} }));
    if (fields['apply']) return show(reply, withCode(world, session, form));
    return attempt(sandbox, reply, { session, form, work: () => pay(world, session, form) });
  });
  server.get('/c/pay/:id/authenticate', (request: SessionRequest, reply) => {
    const session = sessions(world).find(request.params.id);
    const asked = session && askedMethod(world, session);
    if (session?.status !== 'open' || !asked) return showClosed(reply, session);
    const amount = session.mode === 'setup' ? 0 : (session.amount_total ?? 0);
    const currency = session.currency ?? 'usd';
    const last4 = asked.card?.last4 ?? '';
    const action = `/c/pay/${session.id}/authenticate`;
    return show(reply, authenticationPage({ action, amount, currency, last4 }));
  });
  server.post('/c/pay/:id/authenticate', async (request: SessionRequest, reply) => {
    const session = sessions(world).find(request.params.id);
    const method = session && askedMethod(world, session);
    if (session?.status !== 'open' || !method) return goOn(sandbox, reply, session);
    const passed = fieldsOf(request)['result'] === 'complete';
    const form = { ...EMPTY_FORM, billingName: secretsOf(world, session.id).payer?.name ?? '' };
    return attempt(sandbox, reply, {
      session,
      form,
      work: () => finishSessionAuthentication(world, session.id, { method, passed }),
    });
  });
}

/** The method whose bank wants to see the payer. */
function askedMethod(world: World, session: SessionRecord): PaymentMethodRecord | undefined {
  const { intent } = secretsOf(world, session.id);
  const asking =
    session.setup_intent === null
      ? intent && getIntent(world, intent)
      : getSetupIntent(world, session.setup_intent);
  return asking ? paymentMethods(world).find(asking.payment_method ?? '') : undefined;
}

/** The page after a promotion code was entered or taken away. */
function withCode(world: World, session: SessionRecord, form: CardForm): string {
  try {
    const changed = applyPromotionCode(world, session.id, form.promotionCode);
    return checkoutPage(world, { session: changed, form: EMPTY_FORM, errors: {} });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return checkoutPage(world, { session, form, errors: { promotionCode: error.body.message } });
  }
}

/** Checks the form, makes the payment method and pays. Mistakes of the form are thrown as its errors. */
function pay(world: World, session: SessionRecord, form: CardForm): PayResult {
  const email = findCustomer(world, session.customer)?.email ?? session.customer_email;
  const needsCard = needsMethod(session);
  const mistakes = findMistakes(form, { needsEmail: !email, needsCard, now: world.clock.now() });
  if (Object.keys(mistakes).length > 0) throw new FormMistakes(mistakes);
  const payer = { email: email ?? form.email, name: form.billingName, country: form.billingCountry };
  const method = needsCard ? methodOf(world, form, payer) : undefined;
  return paySession(world, session.id, { method, payer });
}

class FormMistakes extends Error {
  constructor(readonly mistakes: FieldErrors) {
    super('The form has mistakes.');
  }
}

function methodOf(world: World, form: CardForm, payer: { email: string; name: string }): PaymentMethodRecord {
  const address = {
    city: null,
    country: form.billingCountry,
    line1: null,
    line2: null,
    postal_code: null,
    state: null,
  };
  const details = { address, email: payer.email, name: payer.name, phone: null, tax_id: null } as const;
  if (form.method === 'sepa_debit') return createSepaDebit(world, form.iban, details);
  const expiry = parseExpiry(form.cardExpiry);
  const dates = expiry ? { expMonth: expiry.month, expYear: expiry.year } : {};
  return createCard(world, { number: form.cardNumber, ...dates }, details);
}

async function attempt(
  sandbox: Sandbox,
  reply: FastifyReply,
  { session, form, work }: { session: SessionRecord; form: CardForm; work: () => PayResult },
): Promise<FastifyReply> {
  const { world } = sandbox;
  try {
    const result = onClockOf(world, [session.id], () => world.journal.automatic(work));
    if (result.kind === 'authenticate') return await reply.redirect(`/c/pay/${session.id}/authenticate`, 303);
    return await goOn(sandbox, reply, sessions(world).find(session.id));
  } catch (error) {
    return show(reply.code(402), checkoutPage(world, { session, form, errors: errorsOf(error) }));
  }
}

function errorsOf(error: unknown): FieldErrors {
  if (error instanceof FormMistakes) return error.mistakes;
  if (!(error instanceof ApiError)) throw error;
  const { code, message } = error.body;
  const hint = code === 'card_declined' ? ' Nothing was charged. Please try another card.' : '';
  return { [fieldOfDecline(code)]: message + hint };
}

/** Sends a payer who is done to the success page, once our customer's server has heard of it. */
async function goOn(
  sandbox: Sandbox,
  reply: FastifyReply,
  session: SessionRecord | undefined,
): Promise<FastifyReply> {
  if (session?.status !== 'complete') return showClosed(reply, session);
  const event = findEventAbout(sandbox.world, 'checkout.session.completed', session.id);
  if (event) await sandbox.dispatcher.firstAnswers(event.id, LONGEST_WAIT_MS);
  return reply.redirect(successUrl(session) ?? `/c/pay/${session.id}`, 303);
}

function showClosed(reply: FastifyReply, session: SessionRecord | undefined): FastifyReply {
  const { status, text } = closedPage(session);
  return show(reply.code(status), text);
}

function show(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-store').send(text);
}

function fieldsOf(request: FastifyRequest): Record<string, unknown> {
  return typeof request.body === 'string' ? parseForm(request.body) : {};
}

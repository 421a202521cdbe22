import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../core/errors';
import type { World } from '../core/world';
import { parseForm } from '../http/form';
import { NO_ADDRESS } from '../resources/customers/address';
import { getCustomer } from '../resources/customers/customer';
import { createCard } from '../resources/payment-methods/payment-method';
import {
  cancelFromPortal,
  changePlan,
  previewPlan,
  resumeFromPortal,
  useMethod,
} from '../resources/portal/actions';
import { type PortalSession, portalSessions } from '../resources/portal/session';
import { onClockOf } from '../resources/test-clocks/test-clock';
import type { Sandbox } from '../sandbox';
import { fieldOfDecline, findMistakes, parseExpiry, readCardForm } from './card-form';
import { messagePage } from './message-view';
import { afterAction, donePage, flowPage } from './portal-flow';
import { confirmPage } from './portal-confirm';
import { portalPage, type PortalView } from './portal-view';

type PortalRequest = FastifyRequest<{
  Params: { id: string };
  Querystring: { home?: string; done?: string };
}>;

/** The billing portal: plain HTML, every action one form. */
export function servePortal(server: FastifyInstance, { world }: Sandbox): void {
  server.get('/p/session/:id', (request: PortalRequest, reply) => {
    const session = portalSessions(world).find(request.params.id);
    if (!session) return missing(reply);
    const { home, done } = request.query;
    if (done !== undefined) return show(reply, donePage(session));
    const text = onClockOf(world, [session.id], () =>
      home === undefined ? startPage(world, { session }) : portalPage(world, { session }),
    );
    return show(reply, text);
  });
  server.post('/p/session/:id', (request: PortalRequest, reply) => {
    const session = portalSessions(world).find(request.params.id);
    if (!session) return missing(reply);
    const fields = parseForm(String(request.body));
    try {
      const work = () => world.journal.automatic(() => act(world, session, fields));
      const text = onClockOf(world, [session.id], work);
      return text === undefined ? reply.redirect(afterAction(session), 303) : show(reply, text);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return show(reply.code(402), startPage(world, { session, errors: { form: error.body.message } }));
    }
  });
}

/** The page of what the session was opened for, or else of everything. */
function startPage(world: World, view: PortalView): string {
  return flowPage(world, view) ?? portalPage(world, view);
}

/** Does what a form asks for; gives a page to show instead of the portal itself, if any. */
function act(world: World, session: PortalSession, fields: Record<string, unknown>): string | undefined {
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
  const to = { id: text('subscription'), price: text('price') };
  switch (text('act')) {
    case 'cancel':
      cancelFromPortal(world, session, to.id);
      return undefined;
    case 'resume':
      resumeFromPortal(world, session, to.id);
      return undefined;
    case 'preview': {
      const preview = previewPlan(world, session, to);
      return confirmPage(world, session, { subscription: to.id, price: to.price, preview });
    }
    case 'change':
      changePlan(world, session, to);
      return undefined;
    case 'card':
      return saveCard(world, session, fields);
    default:
      return undefined;
  }
}

function saveCard(world: World, session: PortalSession, fields: Record<string, unknown>): string | undefined {
  const form = readCardForm(fields);
  const mistakes = findMistakes(form, { needsEmail: false, needsCard: true, now: world.clock.now() });
  if (Object.keys(mistakes).length > 0) return startPage(world, { session, form, errors: mistakes });
  const expiry = parseExpiry(form.cardExpiry);
  const dates = expiry ? { expMonth: expiry.month, expYear: expiry.year } : {};
  const { email } = getCustomer(world, session.customer);
  const details = { address: NO_ADDRESS, email, name: form.billingName, phone: null, tax_id: null };
  try {
    useMethod(world, session, createCard(world, { number: form.cardNumber, ...dates }, details).id);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const name = fieldOfDecline(error.body.code);
    const errors = { [name === 'form' ? 'cardNumber' : name]: error.body.message };
    return startPage(world, { session, form, errors });
  }
}

function missing(reply: FastifyReply): FastifyReply {
  const text = 'There is no such portal session, or it is over. Please go back and open it again.';
  return show(reply.code(404), messagePage({ title: 'Page not found', text }));
}

function show(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-store').send(text);
}

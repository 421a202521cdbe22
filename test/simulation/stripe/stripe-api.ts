import {
  PRICES,
  type PriceId,
  type StripeInvoice,
  type StripeSession,
  type StripeSubscription,
} from './objects';
import type { StripeModel } from './stripe-model';
import { copy, invoiceOnWire, listOnWire, priceOnWire, sessionOnWire, subscriptionOnWire } from './wire';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Params;
  readonly idempotencyKey: string | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export type Params = { readonly [key: string]: string | Params };

const failure = (status: number, error: Record<string, string>): ApiAnswer => ({
  status,
  body: { error: { type: 'invalid_request_error', message: error['code'] ?? 'refused', ...error } },
});

const missing = (param: string): ApiAnswer => failure(404, { code: 'resource_missing', param });

export const SERVER_ERROR: ApiAnswer = {
  status: 500,
  body: { error: { type: 'api_error', message: 'broken' } },
};

type Handler = (model: StripeModel, params: Params, id: string) => ApiAnswer;

const ok = (body: unknown): ApiAnswer => ({ status: 200, body: copy(body) });
const text = (value: string | Params | undefined): string => (typeof value === 'string' ? value : '');
const group = (value: string | Params | undefined): Params => (typeof value === 'object' ? value : {});
const texts = (value: string | Params | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(group(value)).map(([key, item]) => [key, text(item)]));

const ROUTES: readonly [method: string, pattern: RegExp, handler: Handler][] = [
  [
    'POST',
    /^\/v1\/customers$/,
    (model, params) => ok(model.createCustomer(text(params['email']), texts(params['metadata']))),
  ],
  ['GET', /^\/v1\/customers\/(\w+)$/, readCustomer],
  [
    'GET',
    /^\/v1\/prices\/(\w+)$/,
    (_, __, id) => (id in PRICES ? ok(priceOnWire(id as PriceId)) : missing('price')),
  ],
  ['GET', /^\/v1\/promotion_codes$/, () => ok(listOnWire([]))],
  ['GET', /^\/v1\/subscriptions$/, listSubscriptions],
  [
    'GET',
    /^\/v1\/subscriptions\/(\w+)$/,
    withSubscription((model, one) => ok(subscriptionOnWire(model, one, false))),
  ],
  ['POST', /^\/v1\/subscriptions\/(\w+)$/, updateSubscription],
  ['DELETE', /^\/v1\/subscriptions\/(\w+)$/, withSubscription(cancelSubscription)],
  ['GET', /^\/v1\/invoices$/, listInvoices],
  ['GET', /^\/v1\/invoices\/(\w+)$/, withInvoice((_, invoice) => ok(invoiceOnWire(invoice)))],
  ['POST', /^\/v1\/invoices\/(\w+)\/void$/, withInvoice(voidInvoice)],
  ['POST', /^\/v1\/invoices\/(\w+)$/, withInvoice(stopDraft)],
  ['GET', /^\/v1\/invoice_payments$/, () => ok(listOnWire([]))],
  ['GET', /^\/v1\/invoiceitems$/, () => ok(listOnWire([]))],
  ['GET', /^\/v1\/charges$/, () => ok(listOnWire([]))],
  ['POST', /^\/v1\/checkout\/sessions$/, createSession],
  ['GET', /^\/v1\/checkout\/sessions\/(\w+)$/, withSession((_, session) => ok(sessionOnWire(session)))],
  ['POST', /^\/v1\/checkout\/sessions\/(\w+)\/expire$/, withSession(expireSession)],
];

/** Answers like Stripe. A request that it does not know is a mistake of the simulation, and ends it. */
export function answer(model: StripeModel, { method, path, params }: ApiRequest): ApiAnswer {
  for (const [verb, pattern, handler] of ROUTES) {
    const [, id = ''] = verb === method ? (pattern.exec(path) ?? [undefined]) : [undefined];
    if (verb === method && pattern.test(path)) return handler(model, params, id);
  }
  throw new Error(`the Stripe of the simulation does not know ${method} ${path}: add it to stripe-api.ts`);
}

function readCustomer(model: StripeModel, _: Params, id: string): ApiAnswer {
  const customer = model.customers.get(id);
  if (customer === undefined) return missing('id');
  return ok(customer.deleted === true ? { id, object: 'customer', deleted: true } : customer);
}

function listSubscriptions(model: StripeModel, params: Params): ApiAnswer {
  const customer = model.customers.get(text(params['customer']));
  if (customer === undefined || customer.deleted === true) return missing('customer');
  return ok(
    listOnWire(model.subscriptionsOf(customer.id).map((one) => subscriptionOnWire(model, one, true))),
  );
}

function listInvoices(model: StripeModel, params: Params): ApiAnswer {
  const owner = model.subscriptions.get(text(params['subscription']))?.customer ?? text(params['customer']);
  const customer = model.customers.get(owner);
  if (customer === undefined) return missing('customer');
  const [subscription, status] = [text(params['subscription']), text(params['status'])];
  const since = Number(text(group(params['created'])['gte']));
  const invoices = model
    .invoicesOf(customer.id)
    .filter(({ created }) => created >= since)
    .filter((invoice) => subscription === '' || invoice.subscription === subscription)
    .filter((invoice) => status === '' || invoice.status === status);
  return ok(listOnWire(invoices.map(invoiceOnWire)));
}

function updateSubscription(model: StripeModel, params: Params, id: string): ApiAnswer {
  const subscription = model.subscriptions.get(id);
  if (subscription === undefined) return missing('id');
  if (subscription.status === 'canceled') return failure(400, { code: 'subscription_canceled' });
  const flag = params['cancel_at_period_end'];
  if (flag !== undefined) {
    const isOn = flag === 'true';
    const cancel_at = isOn ? subscription.current_period_end : null;
    model.changeSubscription(subscription, { cancel_at_period_end: isOn, cancel_at });
  } else if (params['cancel_at'] === '') {
    model.changeSubscription(subscription, { cancel_at_period_end: false, cancel_at: null });
  }
  return ok(subscriptionOnWire(model, subscription, false));
}

function cancelSubscription(model: StripeModel, subscription: StripeSubscription): ApiAnswer {
  if (subscription.status === 'canceled') return failure(400, { code: 'resource_missing' });
  model.endSubscription(subscription);
  return ok(subscriptionOnWire(model, subscription, false));
}

function voidInvoice(model: StripeModel, invoice: StripeInvoice): ApiAnswer {
  if (invoice.status !== 'open') return failure(400, { code: 'invoice_not_editable' });
  invoice.status = 'void';
  model.stopCollecting(invoice);
  model.emit('invoice.voided', invoice);
  return ok(invoiceOnWire(invoice));
}

function stopDraft(model: StripeModel, invoice: StripeInvoice): ApiAnswer {
  model.stopCollecting(invoice);
  return ok(invoiceOnWire(invoice));
}

function withSubscription(
  handle: (model: StripeModel, subscription: StripeSubscription) => ApiAnswer,
): Handler {
  return (model, _, id) => {
    const subscription = model.subscriptions.get(id);
    return subscription === undefined ? missing('id') : handle(model, subscription);
  };
}

function withInvoice(handle: (model: StripeModel, invoice: StripeInvoice) => ApiAnswer): Handler {
  return (model, _, id) => {
    const invoice = model.invoices.get(id);
    return invoice === undefined ? missing('id') : handle(model, invoice);
  };
}

function createSession(model: StripeModel, params: Params): ApiAnswer {
  const customer = model.customers.get(text(params['customer']));
  if (customer === undefined || customer.deleted === true) return missing('customer');
  const item = group(group(params['line_items'])['0']);
  const session = model.createSession({
    customer: customer.id,
    client_reference_id: text(params['client_reference_id']),
    metadata: texts(params['metadata']),
    price: text(item['price']),
  });
  return ok(sessionOnWire(session));
}

function expireSession(model: StripeModel, session: StripeSession): ApiAnswer {
  if (session.status !== 'open') return failure(400, { code: 'session_not_open' });
  model.closeSession(session, 'expired');
  return ok(sessionOnWire(session));
}

function withSession(handle: (model: StripeModel, session: StripeSession) => ApiAnswer): Handler {
  return (model, _, id) => {
    const session = model.sessions.get(id);
    return session === undefined ? missing('session') : handle(model, session);
  };
}

/** `a[b][0]=c` as nested groups. */
export function parseParams(encoded: string): Params {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(encoded)) {
    const keys = name.split(/[[\]]+/).filter((key) => key !== '');
    let target = root;
    for (const key of keys.slice(0, -1)) target = (target[key] ??= {}) as Record<string, unknown>;
    target[keys.at(-1) ?? name] = value;
  }
  return root as Params;
}

import {
  PRICES,
  PRODUCT,
  type PriceId,
  type StripeInvoice,
  type StripeSession,
  type StripeSubscription,
} from './objects';
import type { StripeModel } from './stripe-model';

const list = (data: readonly unknown[]) => ({ object: 'list', data, has_more: false, url: '/v1/list' });

export const priceOnWire = (id: PriceId) => ({
  id,
  object: 'price',
  product: PRODUCT,
  unit_amount: PRICES[id].amount,
  currency: 'usd',
  active: true,
  type: 'recurring',
  recurring: { interval: PRICES[id].interval, interval_count: 1 },
});

export function subscriptionOnWire(model: StripeModel, subscription: StripeSubscription, expand: boolean) {
  const { price, current_period_start, current_period_end, latest_invoice } = subscription;
  const invoice = latest_invoice === null ? undefined : model.invoices.get(latest_invoice);
  const item = {
    id: subscription.id.replace('sub', 'si'),
    object: 'subscription_item',
    price: priceOnWire(price as PriceId),
    quantity: 1,
    current_period_start,
    current_period_end,
  };
  return {
    ...without(subscription, ['price', 'isOfCheckout', 'current_period_start', 'current_period_end']),
    currency: 'usd',
    collection_method: 'charge_automatically',
    pause_collection: null,
    pending_update: null,
    canceled_at: subscription.cancel_at === null ? null : model.now(),
    schedule: null,
    default_payment_method: null,
    items: list([item]),
    latest_invoice: expand && invoice !== undefined ? invoiceOnWire(invoice) : latest_invoice,
  };
}

export function invoiceOnWire({
  subscription,
  failures,
  next_attempt,
  finalized_at,
  period,
  ...rest
}: StripeInvoice) {
  const amount = rest.amount_due;
  const paid = rest.status === 'paid' ? amount : 0;
  return {
    ...rest,
    number: null,
    currency: 'usd',
    subtotal: amount,
    total: amount,
    amount_paid: paid,
    amount_remaining: amount - paid,
    pre_payment_credit_notes_amount: 0,
    post_payment_credit_notes_amount: 0,
    total_discount_amounts: [],
    total_taxes: [],
    period_start: rest.created,
    period_end: rest.created,
    due_date: null,
    collection_method: 'charge_automatically',
    auto_advance: true,
    lines: list([lineOf(rest.id, amount, period)]),
    payments: list(finalized_at === null ? [] : [paymentOf(rest.id, amount, paid)]),
    attempt_count: failures,
    next_payment_attempt: next_attempt,
    status_transitions: { finalized_at, paid_at: null, voided_at: null, marked_uncollectible_at: null },
    parent: { type: 'subscription_details', subscription_details: { subscription } },
  };
}

const lineOf = (invoiceId: string, amount: number, period: StripeInvoice['period']) => ({
  id: invoiceId.replace('in', 'il'),
  object: 'line_item',
  amount,
  period,
  discount_amounts: [],
  parent: { type: 'subscription_item_details', subscription_item_details: { proration: false } },
});

const paymentOf = (invoiceId: string, amount: number, paid: number) => ({
  id: invoiceId.replace('in', 'inpay'),
  object: 'invoice_payment',
  amount_requested: amount,
  amount_paid: paid > 0 ? paid : null,
  created: 0,
  payment: { type: 'payment_intent', payment_intent: invoiceId.replace('in', 'pi') },
  status: paid > 0 ? 'paid' : 'open',
  status_transitions: { paid_at: null, canceled_at: null },
});

export function sessionOnWire(session: StripeSession) {
  return { ...without(session, ['price']), mode: 'subscription' };
}

function without<T extends object, K extends keyof T>(object: T, names: readonly K[]): Omit<T, K> {
  const hidden: readonly string[] = names.map(String);
  return Object.fromEntries(Object.entries(object).filter(([name]) => !hidden.includes(name))) as Omit<T, K>;
}

/** An object as an event or an answer shows it. */
export function toWire(model: StripeModel, id: string): unknown {
  const subscription = model.subscriptions.get(id);
  if (subscription !== undefined) return copy(subscriptionOnWire(model, subscription, false));
  const invoice = model.invoices.get(id);
  if (invoice !== undefined) return copy(invoiceOnWire(invoice));
  const session = model.sessions.get(id);
  if (session !== undefined) return copy(sessionOnWire(session));
  return copy(model.customers.get(id));
}

export const listOnWire = (data: readonly unknown[]): unknown => copy(list(data));

export const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

import { settleBalance } from '../../billing/proration';
import { isHardDecline, nextRetry } from '../../billing/dunning';
import { smallestCharge } from '../../billing/money';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { findCustomer, updateCustomer } from '../customers/customer';
import { createIntent, paymentIntents } from '../payment-intents/intent.record';
import { type Attempt, confirmIntent, getIntent } from '../payment-intents/payment-intent';
import type { Outcome } from '../payment-intents/outcome';
import { changeInvoice, getInvoice, type InvoiceRecord, nextInvoiceNumber, subscriptionOf } from './invoice';
import {
  findDefaultPayment,
  findPaymentOfIntent,
  intentOfPayment,
  linkIntent,
  markPaymentPaid,
} from './invoice-payment';

/** Registers what happens to an invoice when its payment succeeds or fails. */
export function startCollection(world: World): void {
  world.signals.on('intent.succeeded', (intent) => whenInvoiceOf(world, intent, (id) => markPaid(world, id)));
  world.signals.on('intent.failed', (intent) =>
    whenInvoiceOf(world, intent, (id) => markFailed(world, id, intent)),
  );
  world.signals.on('intent.requires_action', (intent) =>
    whenInvoiceOf(world, intent, (id) => askForAction(world, id)),
  );
}

/** The customer has to act. While the customer is there that is no failed attempt yet; in a renewal it is one. */
function askForAction(world: World, id: string): void {
  const isMissed = isAutomatic(world, id);
  const invoice = isMissed ? attempted(world, id) : changeInvoice(world, id, { attempted: true });
  world.journal.emit('invoice.payment_action_required', invoice);
  if (isMissed) scheduleRetry(world, invoice, undefined);
  world.journal.emit('invoice.payment_failed', getInvoice(world, id));
  world.signals.raise('invoice.payment_failed', id);
}

function whenInvoiceOf(world: World, intent: string, act: (invoiceId: string) => void): void {
  const payment = findPaymentOfIntent(world, intent);
  if (payment) act(payment.invoice);
}

/** Draft to open: number, payment intent (an existing one can be given), and paid at once when nothing is due. */
export function finalizeInvoice(world: World, id: string, intentId?: string): InvoiceRecord {
  const now = world.clock.now();
  const draft = getInvoice(world, id);
  const balance = takeFromBalance(world, draft);
  const open = changeInvoice(world, id, {
    ...balance,
    status: 'open',
    auto_advance: draft.auto_advance ?? true,
    automatically_finalizes_at: null,
    effective_at: now,
    hosted_invoice_url: `${world.settings.publicUrl}/i/${id}`,
    invoice_pdf: `${world.settings.publicUrl}/i/${id}?print=1`,
    next_payment_attempt: null,
    number: nextInvoiceNumber(world, draft.customer),
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  });
  world.journal.emit('invoice.finalized', open);
  if (open.amount_due === 0) return markPaid(world, id);
  if (open.due_date !== null) world.scheduler.schedule('invoice.due', id, open.due_date);
  linkIntent(world, open, intentId ?? openIntent(world, open));
  return open;
}

/** Applies the customer's balance first; a negative total becomes credit. */
function takeFromBalance(world: World, draft: InvoiceRecord): Partial<InvoiceRecord> {
  const customer = findCustomer(world, draft.customer);
  const starting_balance = customer?.balance ?? 0;
  const { due, after } = settle(draft, starting_balance);
  if (customer) updateCustomer(world, customer.id, { balance: after });
  return { starting_balance, ending_balance: after, amount_due: due, amount_remaining: due };
}

/** An amount below the minimum charge moves to the customer's balance. */
function settle(
  { total, currency, collection_method }: InvoiceRecord,
  balance: number,
): { due: number; after: number } {
  const settled = settleBalance(total, balance);
  const isTooSmall = collection_method === 'charge_automatically' && settled.due < smallestCharge(currency);
  return isTooSmall ? { due: 0, after: settled.after + settled.due } : settled;
}

function openIntent(world: World, invoice: InvoiceRecord): string {
  const intent = createIntent(world, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    description: INTENT_DESCRIPTIONS[String(invoice.billing_reason)] ?? null,
    setup_future_usage: subscriptionOf(invoice) ? 'off_session' : null,
  });
  return intent.id;
}

const INTENT_DESCRIPTIONS: Readonly<Record<string, string>> = {
  subscription_create: 'Subscription creation',
  subscription_cycle: 'Subscription update',
  subscription_update: 'Subscription update',
};

/** Tries to collect an open invoice with this payment method. */
export function collectInvoice(world: World, id: string, how: Attempt): Outcome {
  const payment = findDefaultPayment(world, id);
  if (!payment) return { kind: 'succeeded' };
  const intentId = intentOfPayment(payment);
  if (getIntent(world, intentId).status === 'succeeded') {
    markPaid(world, id);
    return { kind: 'succeeded' };
  }
  if (!how.automatic) return confirmIntent(world, intentId, how);
  automaticAttempts(world).put({ id });
  try {
    return confirmIntent(world, intentId, how);
  } finally {
    automaticAttempts(world).remove(id);
  }
}

/** Invoices, by id, that the retry schedule is charging now. */
const automaticAttempts = defineCollection<{ id: string }>('_automatic_attempts');

function isAutomatic(world: World, invoice: string): boolean {
  return automaticAttempts(world).find(invoice) !== undefined;
}

/** The method an invoice is charged with: its own, its subscription's, or its customer's default. */
export function methodFor(
  world: World,
  invoice: InvoiceRecord,
  subscriptionMethod?: string | null,
): string | undefined {
  const customer = findCustomer(world, invoice.customer);
  return (
    invoice.default_payment_method ??
    subscriptionMethod ??
    customer?.invoice_settings.default_payment_method ??
    undefined
  );
}

/** There is no payment method to charge. Counts as a failed attempt. */
export function markUnchargeable(world: World, id: string): void {
  automaticAttempts(world).put({ id });
  markFailed(world, id, undefined);
  automaticAttempts(world).remove(id);
}

export function markPaid(world: World, id: string): InvoiceRecord {
  const invoice = getInvoice(world, id);
  if (invoice.status === 'paid') return invoice;
  const payment = findDefaultPayment(world, id);
  const paid = changeInvoice(world, id, {
    status: 'paid',
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempted: true,
    attempt_count: payment ? countAttempt(world, invoice) : invoice.attempt_count,
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, paid_at: world.clock.now() },
    webhooks_delivered_at: world.clock.now(),
  });
  world.journal.emit('invoice.paid', paid);
  world.journal.emit('invoice.payment_succeeded', paid);
  if (payment) markPaymentPaid(world, payment);
  world.signals.raise('invoice.paid', id);
  return paid;
}

function markFailed(world: World, id: string, intentId: string | undefined): void {
  const before = getInvoice(world, id);
  if (before.status !== 'open') return;
  const after = attempted(world, id);
  const counts = after.attempt_count > before.attempt_count;
  const failed = counts ? scheduleRetry(world, after, intentId) : after;
  world.journal.emit('invoice.payment_failed', failed);
  world.signals.raise('invoice.payment_failed', id);
}

function attempted(world: World, id: string): InvoiceRecord {
  return changeInvoice(world, id, {
    attempted: true,
    attempt_count: countAttempt(world, getInvoice(world, id)),
  });
}

/** Any attempt counts as the first one; after it only those of the retry schedule count. */
function countAttempt(world: World, { id, attempt_count }: InvoiceRecord): number {
  return attempt_count === 0 || isAutomatic(world, id) ? attempt_count + 1 : attempt_count;
}

const RETRIED: ReadonlySet<string> = new Set(['subscription_cycle', 'subscription_update']);

/** Renewals are tried again by the schedule; a first invoice waits for the customer. */
function scheduleRetry(world: World, invoice: InvoiceRecord, intentId: string | undefined): InvoiceRecord {
  if (!RETRIED.has(String(invoice.billing_reason)) || invoice.auto_advance === false) return invoice;
  const { retryDays } = world.settings;
  const firstFailure = invoice.status_transitions.finalized_at ?? world.clock.now();
  const at = nextRetry(firstFailure, invoice.attempt_count, retryDays);
  const error = intentId === undefined ? undefined : paymentIntents(world).find(intentId)?.last_payment_error;
  if (at !== undefined) world.scheduler.schedule('invoice.retry', invoice.id, at);
  else world.scheduler.schedule('invoice.exhausted', invoice.id, world.clock.now());
  // After a hard decline Stripe keeps the schedule but charges nothing until there is a new method.
  const isHard = isHardDecline(error?.decline_code ?? error?.code);
  return changeInvoice(world, invoice.id, { next_payment_attempt: isHard ? null : (at ?? null) });
}

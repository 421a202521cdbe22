import type Stripe from 'stripe';
import { noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { InvoiceRecord } from './invoice';

export type InvoicePaymentRecord = Omit<Stripe.InvoicePayment, 'invoice'> & { invoice: string };

interface IntentLink {
  id: string;
  payment: string;
}

export const invoicePayments = defineCollection<InvoicePaymentRecord>('invoice_payments', ['invoice']);
const intentLinks = defineCollection<IntentLink>('_invoice_payment_intents');

/** Ties a payment intent to an invoice as its default payment. */
export function linkIntent(world: World, invoice: InvoiceRecord, intent: string): InvoicePaymentRecord {
  const payment = invoicePayments(world).put({
    id: newId('inpay', 24),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: world.clock.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intent } as Stripe.InvoicePayment.Payment,
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
  intentLinks(world).put({ id: intent, payment: payment.id });
  return payment;
}

export function findPaymentOfIntent(world: World, intent: string): InvoicePaymentRecord | undefined {
  const link = intentLinks(world).find(intent);
  return link && invoicePayments(world).find(link.payment);
}

export function getInvoicePayment(world: World, id: string): InvoicePaymentRecord {
  const payment = invoicePayments(world).find(id);
  if (!payment) throw noSuch('invoice_payment', id);
  return payment;
}

export function findDefaultPayment(world: World, invoiceId: string): InvoicePaymentRecord | undefined {
  return invoicePayments(world)
    .where('invoice', invoiceId)
    .find((payment) => payment.is_default);
}

/** The intents that pay an invoice. */
export function intentsOf(world: World, invoiceId: string): string[] {
  return invoicePayments(world).where('invoice', invoiceId).map(intentOfPayment);
}

export function removePayments(world: World, invoiceId: string): void {
  for (const payment of invoicePayments(world).where('invoice', invoiceId)) {
    intentLinks(world).remove(intentOfPayment(payment));
    invoicePayments(world).remove(payment.id);
  }
}

export function intentOfPayment(payment: InvoicePaymentRecord): string {
  return payment.payment.payment_intent as string;
}

/** The payment will never succeed. */
export function markPaymentCanceled(world: World, payment: InvoicePaymentRecord): void {
  invoicePayments(world).patch(payment.id, {
    status: 'canceled',
    status_transitions: { canceled_at: world.clock.now(), paid_at: null },
  });
}

/** The money arrived. Announced a second later than the rest, as Stripe does. */
export function markPaymentPaid(world: World, payment: InvoicePaymentRecord): void {
  const paid = invoicePayments(world).patch(payment.id, {
    amount_paid: payment.amount_requested,
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: world.clock.now() },
  });
  world.journal.emit('invoice_payment.paid', paid, { delayMs: 1000 });
}

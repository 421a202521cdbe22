import type { World } from '../../core/world';
import { findCustomer, updateCustomer } from '../customers/customer';
import { cancelIntent, isCancelable } from '../payment-intents/finish';
import { getIntent } from '../payment-intents/payment-intent';
import { changeInvoice, getInvoice, type InvoiceRecord } from './invoice';
import { findDefaultPayment, intentOfPayment, markPaymentCanceled } from './invoice-payment';

/** Undoes what an invoice took from the balance or added to it. */
function returnToBalance(world: World, invoice: InvoiceRecord): void {
  const customer = findCustomer(world, invoice.customer);
  const taken = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  if (customer && taken !== 0) updateCustomer(world, customer.id, { balance: customer.balance - taken });
}

/** Cancels the payment intent of an invoice. */
function cancelPayment(world: World, invoiceId: string): void {
  const payment = findDefaultPayment(world, invoiceId);
  if (payment?.status !== 'open') return;
  markPaymentCanceled(world, payment);
  const intent = getIntent(world, intentOfPayment(payment));
  if (isCancelable(intent)) cancelIntent(world, intent.id, 'void_invoice');
}

/** Voids an unpaid invoice. */
export function voidInvoice(world: World, id: string): InvoiceRecord {
  const invoice = getInvoice(world, id);
  const status_transitions = { ...invoice.status_transitions, voided_at: world.clock.now() };
  const change = {
    status: 'void',
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions,
  } as const;
  const voided = changeInvoice(world, id, change);
  if (invoice.status === 'open' || invoice.status === 'uncollectible') returnToBalance(world, invoice);
  cancelPayment(world, id);
  world.journal.emit('invoice.voided', voided);
  world.signals.raise('invoice.voided', id);
  return voided;
}

import { ApiError } from '../core/errors';
import type { World } from '../core/world';
import { NO_ADDRESS } from '../resources/customers/address';
import { collectInvoice } from '../resources/invoices/collection';
import { findDefaultPayment, intentOfPayment } from '../resources/invoices/invoice-payment';
import type { InvoiceRecord } from '../resources/invoices/invoice';
import { attachPaymentMethod, createCard } from '../resources/payment-methods/payment-method';
import {
  type CardForm,
  fieldOfDecline,
  type FieldErrors,
  findMistakes,
  parseExpiry,
  readCardForm,
} from './card-form';

/** The page to redirect to, or the form with its errors. */
export type HostedPayment = { goTo: string } | { form: CardForm; errors: FieldErrors };

/** Pays an open invoice with the card that its hosted page was given; an authentication leads to the bank's page. */
export function payFromPage(
  world: World,
  invoice: InvoiceRecord,
  fields: Record<string, unknown>,
): HostedPayment {
  const form = readCardForm(fields);
  const errors = findMistakes(form, { needsEmail: false, needsCard: true, now: world.clock.now() });
  if (Object.keys(errors).length > 0) return { form, errors };
  try {
    const method = saveCard(world, invoice, form);
    const back = `${world.settings.publicUrl}/i/${invoice.id}`;
    const how = { method, offSession: false, authenticated: false, returnUrl: back };
    const outcome = collectInvoice(world, invoice.id, how);
    if (outcome.kind === 'declined') return refused(form, outcome.decline);
    if (outcome.kind !== 'requires_action') return { goTo: back };
    const payment = findDefaultPayment(world, invoice.id);
    return { goTo: `/authenticate/${payment ? intentOfPayment(payment) : ''}` };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refused(form, error.body);
  }
}

function saveCard(world: World, invoice: InvoiceRecord, form: CardForm): string {
  const expiry = parseExpiry(form.cardExpiry);
  const dates = expiry ? { expMonth: expiry.month, expYear: expiry.year } : {};
  const { customer_email: email } = invoice;
  const details = { address: NO_ADDRESS, email, name: form.billingName, phone: null, tax_id: null };
  const card = createCard(world, { number: form.cardNumber, ...dates }, details);
  return attachPaymentMethod(world, card.id, invoice.customer).id;
}

function refused(
  form: CardForm,
  { code, message }: { code?: string | undefined; message: string },
): HostedPayment {
  return { form, errors: { [fieldOfDecline(code)]: message } };
}

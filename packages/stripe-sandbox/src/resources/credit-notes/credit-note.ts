import type Stripe from 'stripe';
import { invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { wholeList } from '../../http/pagination';
import { getCustomer, updateCustomer } from '../customers/customer';
import { markPaid } from '../invoices/collection';
import { type InvoiceRecord, updateInvoice } from '../invoices/invoice';
import { findDefaultPayment, intentOfPayment } from '../invoices/invoice-payment';
import { charges } from '../charges/charge';
import { paymentIntents } from '../payment-intents/intent.record';
import { createRefund } from '../refunds/refund';

export type CreditNoteRecord = Omit<Stripe.CreditNote, 'customer' | 'invoice' | 'lines'> & {
  customer: string;
  invoice: string;
  lines: { object: 'list'; data: object[]; has_more: boolean; url: string };
};

export const creditNotes = defineCollection<CreditNoteRecord>('credit_notes', ['invoice']);

export interface CreditLine {
  amount: number;
  description: string | null;
  quantity: number | null;
  invoice_line_item?: string;
}

export interface NewCreditNote {
  invoice: InvoiceRecord;
  lines: CreditLine[];
  refund_amount: number;
  credit_amount: number;
  out_of_band_amount: number;
  reason: 'duplicate' | 'fraudulent' | 'order_change' | 'product_unsatisfactory' | null;
  memo: string | null;
  metadata: Record<string, string>;
}

/**
 * Credits part of an invoice: an open one asks for less, a paid one is refunded, credited or settled elsewhere, which
 * must add up. Emits credit_note.created.
 */
export function createCreditNote(world: World, wanted: NewCreditNote): CreditNoteRecord {
  const { invoice } = wanted;
  const amount = wanted.lines.reduce((sum, line) => sum + line.amount, 0);
  checkAmount(invoice, amount, wanted);
  const refund = wanted.refund_amount > 0 ? refundInvoice(world, invoice, wanted.refund_amount) : undefined;
  const note = creditNotes(world).put(buildNote(world, wanted, { amount, refund }));
  world.journal.emit('credit_note.created', note);
  if (invoice.status === 'open') lower(world, invoice, amount);
  else {
    const before = invoice.post_payment_credit_notes_amount;
    updateInvoice(world, invoice.id, { post_payment_credit_notes_amount: before + amount });
  }
  if (wanted.credit_amount > 0) {
    const { id, balance } = getCustomer(world, invoice.customer);
    updateCustomer(world, id, { balance: balance - wanted.credit_amount });
  }
  return note;
}

function checkAmount(invoice: InvoiceRecord, amount: number, wanted: NewCreditNote): void {
  if (invoice.status !== 'open' && invoice.status !== 'paid') {
    throw invalid('Credit notes are only for open or paid invoices.', 'invoice');
  }
  if (amount < 1) throw invalid('The amount of a credit note must be positive.', 'amount');
  const isOpen = invoice.status === 'open';
  const noted = invoice.post_payment_credit_notes_amount;
  const left = isOpen ? invoice.amount_remaining : invoice.amount_paid - noted;
  if (amount > left) {
    throw invalid(`The sum of credit notes cannot exceed the invoice amount (${left} left).`, 'amount');
  }
  const given = wanted.refund_amount + wanted.credit_amount + wanted.out_of_band_amount;
  if (given === (isOpen ? 0 : amount)) return;
  throw invalid(
    'refund_amount, credit_amount and out_of_band_amount must sum up to the amount of a paid invoice’s credit note.',
    'amount',
  );
}

function refundInvoice(world: World, invoice: InvoiceRecord, amount: number): string {
  const payment = findDefaultPayment(world, invoice.id);
  const intent = payment && paymentIntents(world).find(intentOfPayment(payment));
  const charge = charges(world).find(intent?.latest_charge ?? '');
  if (!charge)
    throw invalid('This invoice was not paid by a charge that could be refunded.', 'refund_amount');
  return createRefund(world, { charge, amount, reason: 'requested_by_customer', metadata: {} }).id;
}

/** The fields of a new note that no caller decides; a fresh copy for each. */
function noteDefaults() {
  return {
    amount_shipping: 0,
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    livemode: false,
    shipping_cost: null,
    status: 'issued' as const,
    voided_at: null,
    discount_amounts: [],
    pretax_credit_amounts: [],
    total_taxes: [],
  };
}

function buildNote(
  world: World,
  wanted: NewCreditNote,
  { amount, refund }: { amount: number; refund: string | undefined },
): CreditNoteRecord {
  const { invoice, reason, memo, metadata } = wanted;
  const id = newId('cn', 24);
  const now = world.clock.now();
  const nth = String(creditNotes(world).where('invoice', invoice.id).length + 1).padStart(2, '0');
  const isOpen = invoice.status === 'open';
  return {
    id,
    object: 'credit_note',
    ...noteDefaults(),
    amount,
    created: now,
    currency: invoice.currency,
    customer: invoice.customer,
    effective_at: now,
    invoice: invoice.id,
    lines: wholeList(wanted.lines.map(buildLine), `/v1/credit_notes/${id}/lines`),
    memo,
    metadata,
    number: `${invoice.number}-CN-${nth}`,
    out_of_band_amount: wanted.out_of_band_amount > 0 ? wanted.out_of_band_amount : null,
    pdf: `${world.settings.publicUrl}/i/${invoice.id}?print=1`,
    post_payment_amount: isOpen ? 0 : amount,
    pre_payment_amount: isOpen ? amount : 0,
    reason,
    refunds:
      refund === undefined
        ? []
        : [{ amount_refunded: wanted.refund_amount, payment_record_refund: null, refund, type: 'refund' }],
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
    type: isOpen ? 'pre_payment' : 'post_payment',
  };
}

function buildLine(line: CreditLine): object {
  const { invoice_line_item, quantity, amount } = line;
  const unit = quantity ? Math.round(amount / quantity) : null;
  return {
    id: newId('cnli', 24),
    object: 'credit_note_line_item',
    amount,
    description: line.description,
    discount_amount: 0,
    discount_amounts: [],
    ...(invoice_line_item ? { invoice_line_item } : {}),
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity,
    tax_rates: [],
    taxes: [],
    type: invoice_line_item ? 'invoice_line_item' : 'custom_line_item',
    unit_amount: unit,
    unit_amount_decimal: unit === null ? null : String(unit),
  };
}

/** An open invoice, and the intent that would pay it, ask for `amount` less (or more, to undo it). */
function lower(world: World, invoice: InvoiceRecord, amount: number): void {
  const remaining = invoice.amount_remaining - amount;
  updateInvoice(world, invoice.id, {
    amount_due: invoice.amount_due - amount,
    amount_remaining: remaining,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + amount,
  });
  const payment = findDefaultPayment(world, invoice.id);
  if (payment && remaining > 0) paymentIntents(world).patch(intentOfPayment(payment), { amount: remaining });
  if (remaining === 0) markPaid(world, invoice.id);
}

export function getCreditNote(world: World, id: string): CreditNoteRecord {
  const note = creditNotes(world).find(id);
  if (!note) throw noSuch('credit note', id);
  return note;
}

/** Takes a note back, which only an open invoice allows. Emits credit_note.voided. */
export function voidCreditNote(world: World, id: string, invoice: InvoiceRecord): CreditNoteRecord {
  const note = getCreditNote(world, id);
  if (note.status !== 'issued' || invoice.status !== 'open') {
    throw invalid('Only issued credit notes of open invoices can be voided.', 'id');
  }
  const voided = creditNotes(world).patch(id, { status: 'void', voided_at: world.clock.now() });
  world.journal.emit('credit_note.voided', voided);
  lower(world, invoice, -note.amount);
  return voided;
}

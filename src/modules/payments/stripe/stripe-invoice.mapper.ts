import type Stripe from 'stripe';
import type {
  ChargeSnapshot,
  InvoiceLine,
  InvoicePayment,
  InvoiceSnapshot,
} from 'src/modules/payments/domain/invoice';
import { INVOICE_STATUSES, type InvoiceStatus } from 'src/modules/payments/domain/subscription';
import { idOrNull } from './stripe-ids';

const date = (seconds: number): Date => new Date(seconds * 1000);
const dateOrNull = (seconds: number | null | undefined): Date | null => (seconds ? date(seconds) : null);

/** The charges of one payment intent, or of a payment without one. */
export type ChargesOf = (payment: Stripe.InvoicePayment.Payment) => readonly Stripe.Charge[];

export function toInvoiceStatus(status: string | null): InvoiceStatus {
  return INVOICE_STATUSES.find((known) => known === status) ?? 'unknown';
}

/** Stripe's object to our record. Throws when the payments were not expanded: unread is not "unpaid". */
export function toInvoiceSnapshot(invoice: Stripe.Invoice, chargesOf: ChargesOf): InvoiceSnapshot {
  const { payments } = invoice;
  if (payments === undefined) throw new Error(`payments of ${invoice.id} were not expanded`);
  return {
    id: invoice.id,
    subscriptionId: idOrNull(invoice.parent?.subscription_details?.subscription),
    ...toState(invoice),
    ...toAmounts(invoice),
    ...toTimes(invoice),
    lines: invoice.lines.data.map(toLine),
    payments: payments.data.map((payment) => toPayment(payment, chargesOf(payment.payment))),
  };
}

function toState(invoice: Stripe.Invoice) {
  return {
    number: invoice.number,
    status: toInvoiceStatus(invoice.status),
    billingReason: invoice.billing_reason ?? 'unknown',
    attemptCount: invoice.attempt_count,
    collectionMethod: invoice.collection_method,
    autoAdvance: invoice.auto_advance ?? false,
    uncollectibleReason: invoice.status_details?.uncollectible?.reason ?? null,
  };
}

function toAmounts(invoice: Stripe.Invoice) {
  return {
    currency: invoice.currency,
    subtotalMinor: invoice.subtotal,
    discountMinor: sum(invoice.total_discount_amounts),
    taxMinor: sum(invoice.total_taxes),
    totalMinor: invoice.total,
    amountDueMinor: invoice.amount_due,
    amountPaidMinor: invoice.amount_paid,
    amountRemainingMinor: invoice.amount_remaining,
    creditedMinor: invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount,
  };
}

function toTimes({ status_transitions: moments, ...invoice }: Stripe.Invoice) {
  return {
    periodStart: date(invoice.period_start),
    periodEnd: date(invoice.period_end),
    createdAt: date(invoice.created),
    finalizedAt: dateOrNull(moments.finalized_at),
    paidAt: dateOrNull(moments.paid_at),
    dueAt: dateOrNull(invoice.due_date),
    nextAttemptAt: dateOrNull(invoice.next_payment_attempt),
  };
}

function toLine(line: Stripe.InvoiceLineItem): InvoiceLine {
  const ofItem = line.parent?.subscription_item_details;
  return {
    id: line.id,
    priceId: idOrNull(line.pricing?.price_details?.price),
    subscriptionItemId: idOrNull(ofItem?.subscription_item),
    periodStart: date(line.period.start),
    periodEnd: date(line.period.end),
    amountMinor: line.amount,
    discountMinor: sum(line.discount_amounts),
    proration: ofItem?.proration ?? line.parent?.invoice_item_details?.proration ?? false,
  };
}

function toPayment(payment: Stripe.InvoicePayment, charges: readonly Stripe.Charge[]): InvoicePayment {
  return {
    id: payment.id,
    paymentIntentId: idOrNull(payment.payment.payment_intent),
    status: payment.status,
    amountMinor: payment.amount_paid ?? payment.amount_requested,
    paidAt: dateOrNull(payment.status_transitions.paid_at),
    // Newest first: the one that succeeded, else the last attempt.
    ...toChargeFacts(charges.find(({ status }) => status === 'succeeded') ?? charges[0]),
    createdAt: date(payment.created),
  };
}

function toChargeFacts(charge: Stripe.Charge | undefined) {
  if (charge === undefined) return NO_CHARGE;
  const { id: chargeId, feeMinor, refundedMinor, disputed } = toChargeSnapshot(charge);
  const card = charge.payment_method_details?.card;
  return {
    chargeId,
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    failureCode: charge.failure_code,
    feeMinor,
    refundedMinor,
    disputed,
  };
}

const NO_CHARGE = {
  chargeId: null,
  cardBrand: null,
  cardLast4: null,
  failureCode: null,
  feeMinor: null,
  refundedMinor: 0,
  disputed: false,
};

export function toChargeSnapshot(charge: Stripe.Charge): ChargeSnapshot {
  return {
    id: charge.id,
    paymentIntentId: idOrNull(charge.payment_intent),
    feeMinor: feeOf(charge),
    refundedMinor: charge.amount_refunded,
    disputed: charge.disputed,
  };
}

/** Known once the balance transaction exists and was expanded. */
function feeOf({ balance_transaction: transaction }: Stripe.Charge): number | null {
  return typeof transaction === 'object' ? (transaction?.fee ?? null) : null;
}

const sum = (amounts: readonly { readonly amount: number }[] | null): number =>
  (amounts ?? []).reduce((total, { amount }) => total + amount, 0);

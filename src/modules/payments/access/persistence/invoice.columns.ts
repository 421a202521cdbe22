import { describeTable } from 'src/database/described-table';
import type { InvoiceLine, InvoicePayment, InvoiceSnapshot } from 'src/modules/payments/domain/invoice';

/** One row per invoice of a customer of ours, for our product or another. */
export interface InvoiceRecord extends Omit<InvoiceSnapshot, 'lines' | 'payments'> {
  readonly customerId: string;
  readonly userId: string;
}

export const INVOICES = describeTable<InvoiceRecord>('invoices', {
  id: { name: 'id', type: 'text', fixed: true },
  customerId: { name: 'customer_id', type: 'text', fixed: true },
  userId: { name: 'user_id', type: 'uuid', fixed: true },
  subscriptionId: { name: 'subscription_id', type: 'text', nullable: true },
  number: { name: 'number', type: 'text', nullable: true },
  status: { name: 'status', type: 'text' },
  billingReason: { name: 'billing_reason', type: 'text' },
  currency: { name: 'currency', type: 'text' },
  subtotalMinor: { name: 'subtotal_minor', type: 'bigint' },
  discountMinor: { name: 'discount_minor', type: 'bigint' },
  taxMinor: { name: 'tax_minor', type: 'bigint' },
  totalMinor: { name: 'total_minor', type: 'bigint' },
  amountDueMinor: { name: 'amount_due_minor', type: 'bigint' },
  amountPaidMinor: { name: 'amount_paid_minor', type: 'bigint' },
  amountRemainingMinor: { name: 'amount_remaining_minor', type: 'bigint' },
  creditedMinor: { name: 'credited_minor', type: 'bigint' },
  periodStart: { name: 'period_start', type: 'timestamptz' },
  periodEnd: { name: 'period_end', type: 'timestamptz' },
  createdAt: { name: 'created_at', type: 'timestamptz', fixed: true },
  finalizedAt: { name: 'finalized_at', type: 'timestamptz', nullable: true },
  paidAt: { name: 'paid_at', type: 'timestamptz', nullable: true },
  dueAt: { name: 'due_at', type: 'timestamptz', nullable: true },
  attemptCount: { name: 'attempt_count', type: 'integer' },
  nextAttemptAt: { name: 'next_attempt_at', type: 'timestamptz', nullable: true },
  collectionMethod: { name: 'collection_method', type: 'text' },
  autoAdvance: { name: 'auto_advance', type: 'boolean' },
  uncollectibleReason: { name: 'uncollectible_reason', type: 'text', nullable: true },
});

/** A line of a draft may still change or go. */
export interface InvoiceLineRecord extends InvoiceLine {
  readonly invoiceId: string;
}

export const INVOICE_LINES = describeTable<InvoiceLineRecord>('invoice_lines', {
  id: { name: 'id', type: 'text', fixed: true },
  invoiceId: { name: 'invoice_id', type: 'text', fixed: true },
  priceId: { name: 'price_id', type: 'text', nullable: true },
  subscriptionItemId: { name: 'subscription_item_id', type: 'text', nullable: true },
  periodStart: { name: 'period_start', type: 'timestamptz' },
  periodEnd: { name: 'period_end', type: 'timestamptz' },
  amountMinor: { name: 'amount_minor', type: 'bigint' },
  discountMinor: { name: 'discount_minor', type: 'bigint' },
  proration: { name: 'proration', type: 'boolean' },
});

/** One row per payment towards an invoice: Stripe's InvoicePayment with what its charge says. */
export interface PaymentRecord extends InvoicePayment {
  readonly invoiceId: string;
  readonly userId: string;
  readonly currency: string;
}

export const PAYMENTS = describeTable<PaymentRecord>('payments', {
  id: { name: 'id', type: 'text', fixed: true },
  invoiceId: { name: 'invoice_id', type: 'text', fixed: true },
  userId: { name: 'user_id', type: 'uuid', fixed: true },
  paymentIntentId: { name: 'payment_intent_id', type: 'text', nullable: true },
  chargeId: { name: 'charge_id', type: 'text', nullable: true },
  status: { name: 'status', type: 'text' },
  currency: { name: 'currency', type: 'text' },
  amountMinor: { name: 'amount_minor', type: 'bigint' },
  paidAt: { name: 'paid_at', type: 'timestamptz', nullable: true },
  cardBrand: { name: 'card_brand', type: 'text', nullable: true },
  cardLast4: { name: 'card_last4', type: 'text', nullable: true },
  feeMinor: { name: 'fee_minor', type: 'bigint', nullable: true },
  failureCode: { name: 'failure_code', type: 'text', nullable: true },
  refundedMinor: { name: 'refunded_minor', type: 'bigint' },
  disputed: { name: 'disputed', type: 'boolean' },
  createdAt: { name: 'created_at', type: 'timestamptz', fixed: true },
});

import type { InvoiceStatus } from './subscription';

/** What an invoice sells for one period, or takes back: a proration may be negative. */
export interface InvoiceLine {
  readonly id: string;
  readonly priceId: string | null;
  readonly subscriptionItemId: string | null;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly amountMinor: number;
  readonly discountMinor: number;
  readonly proration: boolean;
}

/** A payment towards an invoice, whether it has succeeded or not. */
export interface InvoicePayment {
  readonly id: string;
  readonly paymentIntentId: string | null;
  readonly chargeId: string | null;
  /** Stripe's: open, paid, canceled. */
  readonly status: string;
  readonly amountMinor: number;
  readonly paidAt: Date | null;
  readonly cardBrand: string | null;
  readonly cardLast4: string | null;
  /** What Stripe kept of it. Null until Stripe says so. */
  readonly feeMinor: number | null;
  /** Stripe's code of the last attempt that failed. */
  readonly failureCode: string | null;
  /** Returned so far, refunds that may still fail included. */
  readonly refundedMinor: number;
  readonly disputed: boolean;
  readonly createdAt: Date;
}

/** An invoice as fetched. Amounts are minor units of its currency. Links to pay or to download it are never kept. */
export interface InvoiceSnapshot {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly number: string | null;
  readonly status: InvoiceStatus;
  readonly billingReason: string;
  readonly currency: string;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly amountDueMinor: number;
  readonly amountPaidMinor: number;
  readonly amountRemainingMinor: number;
  /** By credit notes, before and after payment. */
  readonly creditedMinor: number;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly createdAt: Date;
  readonly finalizedAt: Date | null;
  readonly paidAt: Date | null;
  readonly dueAt: Date | null;
  readonly attemptCount: number;
  readonly nextAttemptAt: Date | null;
  readonly collectionMethod: string;
  readonly autoAdvance: boolean;
  /** Why it was written off: Stripe's `status_details.uncollectible.reason`. */
  readonly uncollectibleReason: string | null;
  readonly lines: readonly InvoiceLine[];
  readonly payments: readonly InvoicePayment[];
}

/** What a charge says now: it may change long after its invoice was paid. */
export interface ChargeSnapshot {
  readonly id: string;
  readonly paymentIntentId: string | null;
  readonly feeMinor: number | null;
  readonly refundedMinor: number;
  readonly disputed: boolean;
}

/** What Stripe says of a customer's invoices from a moment on, and of the newest charges. `since` null: of all times. */
export interface InvoiceListing {
  readonly since: Date | null;
  readonly invoices: readonly InvoiceSnapshot[];
  readonly charges: readonly ChargeSnapshot[];
}

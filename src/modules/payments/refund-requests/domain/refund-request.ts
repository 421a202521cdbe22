/** `approving`: an operator has approved it, and the refund at Stripe is not known to have been created yet. */
export const REFUND_REQUEST_STATUSES = ['open', 'approving', 'approved', 'declined'] as const;
export type RefundRequestStatus = (typeof REFUND_REQUEST_STATUSES)[number];

/** A student asks for money back. Only an operator decides. */
export interface RefundRequest {
  readonly id: string;
  readonly userId: string;
  readonly invoiceId: string;
  readonly invoiceNumber: string | null;
  /** What was paid and not yet refunded when it was requested. */
  readonly amountMinor: number;
  readonly currency: string;
  /** Written by the student: untrusted text. */
  readonly reason: string;
  readonly status: RefundRequestStatus;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  /** For the student; only when declined. */
  readonly declineReason: string | null;
}

/** An invoice that can be refunded: paid, with money left. */
export interface RefundableInvoice {
  readonly id: string;
  readonly number: string | null;
  readonly refundableMinor: number;
  readonly currency: string;
}

export const MOST_REQUESTS = 3;
export const REQUEST_WINDOW_DAYS = 30;
export const MOST_REASON_CHARACTERS = 500;

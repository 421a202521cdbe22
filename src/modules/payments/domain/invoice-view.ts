import type { InvoiceStatus } from './subscription';

/** What became of the latest attempt to pay an invoice. `processing`: money is on its way, as with a bank debit. */
export type PaymentProgress = 'none' | 'failed' | 'action_required' | 'processing';

/** An invoice as Stripe shows it now. Its hosted addresses work without sign-in: they are never stored or logged. */
export interface InvoiceView {
  readonly id: string;
  readonly number: string | null;
  readonly status: InvoiceStatus;
  readonly billingReason: string;
  readonly subscriptionId: string | null;
  readonly currency: string;
  readonly totalMinor: number;
  readonly paidMinor: number;
  /** What is still owed of it. */
  readonly dueMinor: number;
  readonly createdAt: Date;
  readonly dueDate: Date | null;
  readonly hostedUrl: string | null;
  readonly pdfUrl: string | null;
  /** The periods that its lines pay for, without prorations. */
  readonly periods: readonly { readonly start: Date; readonly end: Date }[];
}

/** An invoice that is not paid yet, with the state of its payment. */
export interface UnpaidInvoice extends InvoiceView {
  readonly progress: PaymentProgress;
}

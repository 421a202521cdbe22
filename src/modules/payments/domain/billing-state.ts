import type { SubscriptionStatus } from './subscription';

/** What a change of a subscription must know of it, as Stripe has it now. */
export interface BillingState {
  readonly id: string;
  readonly customerId: string;
  readonly status: SubscriptionStatus;
  readonly currentPeriodStart: Date;
  readonly currentPeriodEnd: Date;
  readonly cancelAt: Date | null;
  readonly cancelAtPeriodEnd: boolean;
  /** When the cancellation was requested. */
  readonly canceledAt: Date | null;
  readonly scheduleId: string | null;
  readonly itemId: string;
  readonly priceId: string;
  /** Charged later than at once: a bank debit, or an invoice that is sent. */
  readonly paysLater: boolean;
  /** A plan change waits for its payment. */
  readonly hasPendingUpdate: boolean;
}

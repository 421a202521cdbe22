import type { AccessReason } from 'src/modules/payments/access/domain/access';
import type { Plan } from 'src/modules/payments/domain/subscription';

export interface Price {
  readonly amountMinor: number;
  readonly currency: string;
}

/** What an email about money says. `key` is the business fact that it reports: each is sent once. */
export type BillingEmail = { readonly key: string } & (
  | {
      readonly kind: 'receipt';
      readonly paid: Price;
      readonly paidAt: Date;
      readonly invoiceNumber: string | null;
      readonly card: string | null;
      readonly period: { readonly start: Date; readonly end: Date };
    }
  | {
      readonly kind: 'refund';
      readonly refunded: Price;
      readonly invoiceNumber: string | null;
      readonly full: boolean;
    }
  | { readonly kind: 'action_required'; readonly due: Price | undefined; readonly accessUntil: Date | null }
  | { readonly kind: 'payment_failed'; readonly accessUntil: Date | null }
  | { readonly kind: 'trial_ending'; readonly at: Date; readonly plan: Plan | null; readonly price?: Price }
  | { readonly kind: 'renewal_ahead'; readonly at: Date; readonly price?: Price }
  | { readonly kind: 'cancellation_confirmed'; readonly accessUntil: Date }
  | { readonly kind: 'access_ended'; readonly reason: AccessReason }
);

export type BillingEmailKind = BillingEmail['kind'];

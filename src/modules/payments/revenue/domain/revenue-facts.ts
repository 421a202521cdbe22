/** A line of a finalised and paid invoice that sells a subscription for one period. Times in epoch milliseconds. */
export interface SoldLine {
  readonly subscriptionId: string;
  readonly customerId: string;
  /** When the invoice was paid: before that, the line is no revenue. */
  readonly paidAt: number;
  readonly periodStart: number;
  readonly periodEnd: number;
  /** After discounts, in minor units. */
  readonly amountMinor: number;
  /** When the subscription ended, if it has. */
  readonly endedAt: number | null;
}

/** Money that moved: a payment that arrived, or one that was declined. */
export interface MovedPayment {
  readonly at: number;
  readonly amountMinor: number;
  /** What Stripe kept; null until Stripe says so. */
  readonly feeMinor: number | null;
  readonly failed: boolean;
}

export interface MovedRefund {
  readonly at: number;
  readonly amountMinor: number;
}

export interface RevenueFacts {
  readonly lines: readonly SoldLine[];
  readonly payments: readonly MovedPayment[];
  readonly refunds: readonly MovedRefund[];
  readonly disputes: readonly { readonly at: number }[];
}

/** What recurs at one moment. */
export interface Recurring {
  /** Monthly recurring revenue in minor units. */
  readonly mrrMinor: number;
  /** Customers who pay. */
  readonly active: number;
  /** Monthly revenue of each paying customer. */
  readonly byCustomer: ReadonlyMap<string, number>;
}

/** One calendar month in UTC, up to now for the current one. */
export interface MonthOfRevenue {
  /** `2026-03`. */
  readonly month: string;
  readonly mrrMinor: number;
  readonly active: number;
  readonly newCustomers: number;
  readonly churnedCustomers: number;
  /** Monthly revenue of those who left, at the start of the month. */
  readonly churnedMinor: number;
  /** Share of the customers, and of the revenue, at the start of the month that left; null without any. */
  readonly customerChurn: number | null;
  readonly revenueChurn: number | null;
  readonly grossMinor: number;
  readonly refundedMinor: number;
  readonly feesMinor: number;
  readonly netMinor: number;
  readonly failedPayments: number;
  readonly disputes: number;
}

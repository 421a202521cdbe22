/** Stripe's subscription statuses; `unknown` is one that Stripe may add later. It denies until the rule knows it. */
export const SUBSCRIPTION_STATUSES = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'canceled',
  'paused',
  'unknown',
] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

export const INVOICE_STATUSES = ['draft', 'open', 'paid', 'uncollectible', 'void', 'unknown'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

export const PLANS = ['monthly', 'yearly'] as const;
export type Plan = (typeof PLANS)[number];

/** The invoice that a subscription points to as its latest. */
export interface InvoiceFacts {
  readonly id: string;
  readonly status: InvoiceStatus;
  /** What is owed, in minor units of the currency. Zero counts as paid. */
  readonly amountDueMinor: number;
  /** Stripe's billing_reason: only the very first invoice (`subscription_create`) must be paid before access starts. */
  readonly billingReason: string;
  readonly createdAt: Date;
}

/** What we know of one subscription; times are Stripe's own epoch values, never recomputed. */
export interface SubscriptionFacts {
  readonly id: string;
  readonly status: SubscriptionStatus;
  readonly currentPeriodStart: Date;
  readonly currentPeriodEnd: Date;
  readonly trialEnd: Date | null;
  /** When it is scheduled to end: by `cancel_at`, or at the period end when only the flag is set. */
  readonly cancelAt: Date | null;
  readonly endedAt: Date | null;
  /** Collection was paused on purpose (`pause_collection`). */
  readonly collectionPaused: boolean;
  /** A change of plan waits for its invoice to be paid (`pending_update`). */
  readonly pendingUpdate: boolean;
  /** Finalisation of the oldest unpaid invoice, while past_due. */
  readonly pastDueSince: Date | null;
  /** Null when Stripe has made no invoice, that is when nothing is owed. */
  readonly latestInvoice: InvoiceFacts | null;
}

/** One thing that a subscription sells. Each is paid up to its own period end. */
export interface SubscriptionItem {
  readonly id: string;
  readonly priceId: string;
  readonly productId: string;
}

/** A subscription as fetched, with what is needed besides the access rule. */
export interface SubscriptionSnapshot extends SubscriptionFacts {
  readonly items: readonly SubscriptionItem[];
  readonly cancelAtPeriodEnd: boolean;
  readonly createdAt: Date;
}

const BILLABLE: readonly SubscriptionStatus[] = ['trialing', 'active', 'past_due', 'unpaid', 'paused'];

/** May still bill the customer (now or after a resume): a second purchase would charge twice, and cancel is meaningful. */
export const isLive = (status: SubscriptionStatus): boolean => BILLABLE.includes(status);

/** A subscription as Stripe lists it: enough to see whether what is stored here agrees. */
export interface ListedSubscription extends Pick<
  SubscriptionFacts,
  'id' | 'status' | 'currentPeriodEnd' | 'cancelAt'
> {
  readonly customerId: string;
  readonly productIds: readonly string[];
}

/** What a student is told about their subscription. `expired` includes unpaid and paused. */
export const ACCESS_STATES = [
  'none',
  'pending',
  'trialing',
  'active',
  'canceling',
  'past_due',
  'expired',
  'revoked',
] as const;
export type AccessState = (typeof ACCESS_STATES)[number];

/** Why the decision is what it is: machine-readable, logged with every transition and shown to operators. */
export type AccessReason =
  | 'no_subscription'
  | 'complimentary'
  | 'trial'
  | 'trial_ended'
  | 'trial_card_used'
  | 'paid'
  | 'renewal_in_progress'
  | 'renewal_overdue'
  | 'payment_pending'
  | 'checkout_open'
  | 'checkout_declined'
  | 'payment_failed_grace'
  | 'payment_failed'
  | 'canceled_at_period_end'
  | 'canceled'
  | 'unpaid'
  | 'paused'
  | 'invoice_void'
  | 'written_off'
  | 'free_period'
  | 'collection_paused'
  | 'refunded'
  | 'refund_failed'
  | 'disputed'
  | 'unknown_status';

/** The one useful thing to do next. */
export type NextAction =
  'none' | 'subscribe' | 'complete_payment' | 'wait' | 'update_payment_method' | 'resume' | 'contact_support';

/**
 * The answer to "may this person read premium chapters?". Always time-bounded when a subscription grants it:
 * lost webhooks neither keep nor remove access forever.
 */
export interface Access {
  readonly granted: boolean;
  readonly state: AccessState;
  readonly reason: AccessReason;
  /** Granted: when access ends if no further event arrives. Denied: when it ended, if it ever began. */
  readonly until: Date | null;
  /** The subscription that decided, if any. */
  readonly subscriptionId: string | null;
  /** The complimentary grant that decided, if any. */
  readonly grantId: string | null;
  readonly nextAction: NextAction;
  /** The facts look older than they should be; a sync with Stripe would settle it. */
  readonly stale: boolean;
}

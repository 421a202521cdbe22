import type { DisputeStatus } from 'src/modules/payments/domain/dispute';
import type { SubscriptionFacts } from 'src/modules/payments/domain/subscription';

/** A refund. `full`: everything that the invoice collected was returned. */
export interface RefundFacts {
  readonly invoiceId: string;
  readonly full: boolean;
}

/** A dispute about the payment of an invoice. */
export interface DisputeFacts {
  readonly invoiceId: string;
  readonly status: DisputeStatus;
}

/** Complimentary access given by an operator. `endsAt` null: until revoked. */
export interface GrantFacts {
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/** Everything that decides. Only subscriptions to our product are listed, at any price. */
export interface AccessFacts {
  readonly subscriptions: readonly SubscriptionFacts[];
  readonly refunds: readonly RefundFacts[];
  readonly disputes: readonly DisputeFacts[];
  readonly grants: readonly GrantFacts[];
}

export interface AccessPolicy {
  /** How long a failed renewal keeps access, in milliseconds. */
  readonly pastDueGraceMs: number;
  /** How long a renewal may take to be invoiced and paid, in milliseconds. Stripe may wait 72 h to finalise. */
  readonly renewalLeewayMs: number;
  readonly disputes: 'revoke' | 'keep';
}

/** What every part of the decision needs. */
export interface DecisionContext {
  readonly facts: AccessFacts;
  readonly policy: AccessPolicy;
  readonly now: Date;
}

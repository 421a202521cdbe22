import type { DisputeStatus } from 'src/modules/payments/domain/dispute';
import type { SubscriptionFacts } from 'src/modules/payments/domain/subscription';

/** Money that went back. `full`: the whole amount the invoice collected. */
export interface RefundFacts {
  readonly invoiceId: string;
  readonly full: boolean;
}

/** A chargeback on the payment of an invoice. A lost one has taken the money for good. */
export interface DisputeFacts {
  readonly invoiceId: string;
  readonly status: DisputeStatus;
}

/** Complimentary access given by an operator. `endsAt` null: until revoked. */
export interface GrantFacts {
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/** Everything that decides. Only subscriptions to our product are listed, whatever their price. */
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

/** The facts and rules that every part of the decision sees. */
export interface Judgement {
  readonly facts: AccessFacts;
  readonly policy: AccessPolicy;
  readonly now: Date;
}

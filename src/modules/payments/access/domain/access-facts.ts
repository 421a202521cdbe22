import type { DisputeStatus } from 'src/modules/payments/domain/dispute';
import type { InvoiceStatus, SubscriptionFacts } from 'src/modules/payments/domain/subscription';

/** What one line of an invoice pays for. A proration adjusts a period; it does not pay for one. */
export interface BilledPeriod {
  readonly start: Date;
  readonly end: Date;
  readonly proration: boolean;
}

/** An invoice of a subscription, as far as it matters for access. */
export interface BilledInvoice {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly status: InvoiceStatus;
  readonly billingReason: string;
  /** After discounts, before credit. An invoice over nothing proves no payment. */
  readonly totalMinor: number;
  readonly amountDueMinor: number;
  readonly createdAt: Date;
  readonly finalizedAt: Date | null;
  readonly dueAt: Date | null;
  readonly collectionMethod: string;
  /** False: Stripe neither finalises nor collects it by itself. */
  readonly autoAdvance: boolean;
  readonly uncollectibleReason: string | null;
  readonly periods: readonly BilledPeriod[];
}

/** A refund. `full`: everything that the invoice collected was returned. `failed`: the money stayed here after all. */
export interface RefundFacts {
  readonly invoiceId: string;
  readonly full: boolean;
  readonly failed?: boolean;
}

/** A dispute about the payment of an invoice. */
export interface DisputeFacts {
  readonly invoiceId: string;
  readonly status: DisputeStatus;
}

/** Complimentary access given by an operator. `endsAt` null: until revoked. */
export interface GrantFacts {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/** A payment link that may still be used. */
export interface OpenCheckoutFacts {
  readonly customerId: string;
  readonly expiresAt: Date;
  /** The bank declined the last attempt to pay it. */
  readonly declined: boolean;
}

/** Everything that decides. Only subscriptions to our product are listed, at any price. */
export interface AccessFacts {
  readonly subscriptions: readonly SubscriptionFacts[];
  readonly invoices: readonly BilledInvoice[];
  readonly refunds: readonly RefundFacts[];
  readonly disputes: readonly DisputeFacts[];
  readonly grants: readonly GrantFacts[];
  readonly openCheckout: OpenCheckoutFacts | null;
  /** Subscriptions whose trial was refused because the card had one before. */
  readonly refusedTrials: readonly string[];
}

export interface AccessPolicy {
  /** How long a failed renewal keeps access, in milliseconds. */
  readonly pastDueGraceMs: number;
  /** How long a renewal may take to be invoiced and paid, in milliseconds. Stripe may wait 72 h to finalise. */
  readonly renewalLeewayMs: number;
  /** Whether an open dispute revokes. A lost one always does: the money is gone. */
  readonly disputes: 'revoke' | 'keep';
  /** Whether a period goes on when its collection was paused on purpose. */
  readonly pausedCollection: 'keep' | 'deny';
}

/** What every part of the decision needs. */
export interface DecisionContext {
  readonly facts: AccessFacts;
  readonly policy: AccessPolicy;
  readonly now: Date;
}

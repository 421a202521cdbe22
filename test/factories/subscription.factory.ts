import type {
  AccessFacts,
  AccessPolicy,
  BilledInvoice,
} from 'src/modules/payments/access/domain/access-facts';
import type { InvoiceFacts, SubscriptionFacts } from 'src/modules/payments/domain/subscription';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One month, from the 1st of March to the 1st of April 2026. */
export const PERIOD_START = new Date('2026-03-01T10:00:00Z');
export const PERIOD_END = new Date('2026-04-01T10:00:00Z');

export const POLICY: AccessPolicy = {
  pastDueGraceMs: 14 * DAY,
  renewalLeewayMs: 72 * HOUR,
  disputes: 'revoke',
  pausedCollection: 'keep',
};

export const after = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

/** The paid invoice of the period's renewal. */
export function anInvoice(overrides: Partial<InvoiceFacts> = {}): InvoiceFacts {
  return {
    id: 'in_1',
    status: 'paid',
    amountDueMinor: 999,
    billingReason: 'subscription_cycle',
    createdAt: PERIOD_START,
    ...overrides,
  };
}

/** The paid renewal of the period, as the record of money has it. */
export function aBill(overrides: Partial<BilledInvoice> = {}): BilledInvoice {
  return {
    id: 'in_1',
    subscriptionId: 'sub_1',
    status: 'paid',
    billingReason: 'subscription_cycle',
    totalMinor: 999,
    amountDueMinor: 999,
    createdAt: PERIOD_START,
    finalizedAt: after(PERIOD_START, HOUR),
    dueAt: null,
    collectionMethod: 'charge_automatically',
    autoAdvance: true,
    uncollectibleReason: null,
    periods: [{ start: PERIOD_START, end: PERIOD_END, proration: false }],
    ...overrides,
  };
}

/** An active, paid monthly subscription. */
export function aSubscription(overrides: Partial<SubscriptionFacts> = {}): SubscriptionFacts {
  return {
    id: 'sub_1',
    status: 'active',
    currentPeriodStart: PERIOD_START,
    currentPeriodEnd: PERIOD_END,
    trialEnd: null,
    cancelAt: null,
    endedAt: null,
    collectionPaused: false,
    pendingUpdate: false,
    pastDueSince: null,
    latestInvoice: anInvoice(),
    ...overrides,
  };
}

export function factsOf(overrides: Partial<AccessFacts> = {}): AccessFacts {
  return {
    subscriptions: [],
    invoices: [],
    refunds: [],
    disputes: [],
    grants: [],
    openCheckout: null,
    refusedTrials: [],
    ...overrides,
  };
}

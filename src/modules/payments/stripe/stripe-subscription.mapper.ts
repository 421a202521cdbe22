import type Stripe from 'stripe';
import {
  SUBSCRIPTION_STATUSES,
  type InvoiceFacts,
  type SubscriptionSnapshot,
  type SubscriptionStatus,
} from 'src/modules/payments/domain/subscription';
import { idOf } from './stripe-ids';
import { toInvoiceStatus } from './stripe-invoice.mapper';

const date = (seconds: number): Date => new Date(seconds * 1000);
const dateOrNull = (seconds: number | null | undefined): Date | null => (seconds ? date(seconds) : null);

/**
 * Stripe's object to our facts; the only place that knows its shape. Periods live on the items since 2025-03-31.basil;
 * with several items the latest end counts, because each item is paid up to its own.
 * Throws when `latest_invoice` was not expanded: an unread invoice must never pass for "nothing owed".
 */
export function toSubscriptionSnapshot(
  subscription: Stripe.Subscription,
  oldestUnpaidSince: Date | null = null,
): SubscriptionSnapshot {
  const items = subscription.items.data;
  if (items.length === 0) throw new Error(`subscription ${subscription.id} has no items`);
  const currentPeriodEnd = date(Math.max(...items.map((item) => item.current_period_end)));
  return {
    id: subscription.id,
    status: toStatus(subscription.status),
    currentPeriodStart: date(Math.max(...items.map((item) => item.current_period_start))),
    currentPeriodEnd,
    trialEnd: dateOrNull(subscription.trial_end),
    // Portal cancellations on flexible billing set cancel_at and leave the flag false; the API may do the reverse.
    cancelAt:
      dateOrNull(subscription.cancel_at) ?? (subscription.cancel_at_period_end ? currentPeriodEnd : null),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    endedAt: dateOrNull(subscription.ended_at),
    collectionPaused: subscription.pause_collection !== null,
    pendingUpdate: subscription.pending_update !== null,
    pastDueSince: oldestUnpaidSince,
    latestInvoice: toInvoiceFacts(subscription),
    items: items.map(({ id, price }) => ({ id, priceId: price.id, productId: idOf(price.product) })),
    createdAt: date(subscription.created),
  };
}

function toStatus(status: string): SubscriptionStatus {
  return SUBSCRIPTION_STATUSES.find((known) => known === status) ?? 'unknown';
}

function toInvoiceFacts({ id, latest_invoice: invoice }: Stripe.Subscription): InvoiceFacts | null {
  if (invoice === null) return null;
  if (typeof invoice === 'string') throw new Error(`latest_invoice of ${id} was not expanded`);
  return {
    id: invoice.id ?? 'unknown',
    status: toInvoiceStatus(invoice.status),
    amountDueMinor: invoice.amount_due,
    billingReason: invoice.billing_reason ?? 'unknown',
    createdAt: date(invoice.created),
  };
}

import type Stripe from 'stripe';
import type { World } from '../../core/world';
import { invoices, subscriptionOf, updateInvoice } from '../invoices/invoice';
import { getSubscription, type SubscriptionRecord, subscriptions } from './subscription';

export interface Cancellation {
  reason: Stripe.Subscription.CancellationDetails['reason'];
  comment?: string | null;
  feedback?: string | null;
  /** Somebody asks for the end now, so an end that was scheduled no longer counts. */
  isEarly?: boolean;
}

/**
 * Ends a subscription now; emits customer.subscription.deleted. Drafts of it are no longer collected, open invoices
 * stay open.
 */
export function cancelSubscription(world: World, id: string, why: Cancellation): SubscriptionRecord {
  const { reason, comment, feedback } = why;
  const before = getSubscription(world, id);
  const now = world.clock.now();
  const canceled = subscriptions(world).patch(id, {
    status: 'canceled',
    ...(why.isEarly ? { cancel_at: null, cancel_at_period_end: false } : {}),
    canceled_at: before.canceled_at ?? now,
    ended_at: now,
    cancellation_details: {
      comment: comment ?? before.cancellation_details?.comment ?? null,
      feedback: (feedback ??
        before.cancellation_details?.feedback ??
        null) as Stripe.Subscription.CancellationDetails['feedback'],
      feedback_option: null,
      reason: before.cancellation_details?.reason ?? reason,
    },
  });
  world.journal.emit('customer.subscription.deleted', canceled);
  world.signals.raise('subscription.ended', id);
  for (const invoice of invoices(world).where('customer', before.customer)) {
    const concerned =
      subscriptionOf(invoice) === id && (invoice.status === 'draft' || invoice.status === 'open');
    if (concerned) updateInvoice(world, invoice.id, { auto_advance: false, next_payment_attempt: null });
  }
  return canceled;
}

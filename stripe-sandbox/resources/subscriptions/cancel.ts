import type Stripe from 'stripe';
import type { World } from '../../core/world';
import { changeInvoice, invoices, subscriptionOf } from '../invoices/invoice';
import { getSubscription, type SubscriptionRecord, subscriptions } from './subscription';

/**
 * Ends a subscription now; emits customer.subscription.deleted. Drafts of it are no longer collected, open invoices
 * stay open.
 */
export function cancelSubscription(
  world: World,
  id: string,
  reason: Stripe.Subscription.CancellationDetails['reason'],
  details: { comment?: string | null; feedback?: string | null } = {},
): SubscriptionRecord {
  const before = getSubscription(world, id);
  const now = world.clock.now();
  const canceled = subscriptions(world).patch(id, {
    status: 'canceled',
    canceled_at: before.canceled_at ?? now,
    ended_at: now,
    cancellation_details: {
      comment: details.comment ?? before.cancellation_details?.comment ?? null,
      feedback: (details.feedback ??
        before.cancellation_details?.feedback ??
        null) as Stripe.Subscription.CancellationDetails['feedback'],
      feedback_option: null,
      reason: before.cancellation_details?.reason ?? reason,
    },
  });
  world.journal.emit('customer.subscription.deleted', canceled);
  for (const invoice of invoices(world).where('customer', before.customer)) {
    const concerned =
      subscriptionOf(invoice) === id && (invoice.status === 'draft' || invoice.status === 'open');
    if (concerned)
      changeInvoice(
        world,
        invoice.id,
        { auto_advance: false, next_payment_attempt: null },
        'invoice.updated',
      );
  }
  return canceled;
}

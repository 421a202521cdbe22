import type { UnpaidInvoice } from 'src/modules/payments/domain/invoice-view';
import type { SubscriptionStatus } from 'src/modules/payments/domain/subscription';

/** What a student has to do about money now. */
export type Owed =
  | { readonly kind: 'nothing' }
  /** Money is on its way and may arrive by itself. */
  | { readonly kind: 'processing'; readonly invoice: UnpaidInvoice }
  | { readonly kind: 'invoice'; readonly invoice: UnpaidInvoice; readonly others: number }
  /** Its trial ended without a payment method: nothing is owed, and only a new purchase opens premium. */
  | { readonly kind: 'paused'; readonly subscriptionId: string };

export interface OwingSubscription {
  readonly id: string;
  readonly status: SubscriptionStatus;
}

/**
 * Picks the invoice that repairs the subscription. The newest one decides at Stripe: paying it makes the subscription
 * active. Drafts count only for an `unpaid` subscription, whose invoices nobody finalises any more.
 */
export function decideOwed(
  subscriptions: readonly OwingSubscription[],
  unpaid: readonly UnpaidInvoice[],
): Owed {
  const statusOf = new Map(subscriptions.map(({ id, status }) => [id, status]));
  const isPayable = ({ status, dueMinor, subscriptionId }: UnpaidInvoice): boolean => {
    if (dueMinor <= 0) return false;
    const owner = subscriptionId === null ? undefined : statusOf.get(subscriptionId);
    if (owner === 'canceled' || owner === 'incomplete_expired') return false;
    return status === 'open' || (status === 'draft' && owner === 'unpaid');
  };
  const payable = unpaid.filter(isPayable);
  const waiting = payable.find(({ progress }) => progress !== 'processing');
  if (waiting !== undefined) return { kind: 'invoice', invoice: waiting, others: payable.length - 1 };
  const [processing] = payable;
  if (processing !== undefined) return { kind: 'processing', invoice: processing };
  const paused = subscriptions.find(({ status }) => status === 'paused');
  return paused === undefined ? { kind: 'nothing' } : { kind: 'paused', subscriptionId: paused.id };
}

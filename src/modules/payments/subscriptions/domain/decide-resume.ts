import { isLive, type SubscriptionFacts } from 'src/modules/payments/domain/subscription';

export type ResumePlan =
  | { readonly kind: 'undo'; readonly subscriptionId: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refuse'; readonly because: 'none' | 'ended' | 'payment_needed' };

/** Resuming undoes a scheduled end. It cannot pay: a subscription that waits for money says so instead of "done". */
export function decideResume(subscriptions: readonly SubscriptionFacts[]): ResumePlan {
  const live = subscriptions.filter(({ status }) => isLive(status));
  const renewing = live.filter(({ cancelAt }) => cancelAt === null);
  if (renewing.some(({ status }) => status === 'active' || status === 'trialing'))
    return { kind: 'unchanged' };
  if (renewing.length > 0) return { kind: 'refuse', because: 'payment_needed' };
  const [ending] = live;
  if (ending !== undefined) return { kind: 'undo', subscriptionId: ending.id };
  if (subscriptions.some(({ status }) => status === 'incomplete'))
    return { kind: 'refuse', because: 'payment_needed' };
  return { kind: 'refuse', because: subscriptions.length === 0 ? 'none' : 'ended' };
}

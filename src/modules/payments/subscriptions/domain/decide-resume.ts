import { isLive, type SubscriptionFacts } from 'src/modules/payments/domain/subscription';

/** `paused`: its trial ended without a card, and only a new purchase helps. */
export type ResumeRefusal = 'none' | 'ended' | 'payment_needed' | 'paused';

export type ResumePlan =
  | { readonly kind: 'undo'; readonly subscriptionId: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refuse'; readonly because: ResumeRefusal };

/** Resuming undoes a scheduled end. It cannot pay: a subscription that waits for money says so instead of "done". */
export function decideResume(subscriptions: readonly SubscriptionFacts[]): ResumePlan {
  const live = subscriptions.filter(({ status }) => isLive(status));
  const renewing = live.filter(({ cancelAt }) => cancelAt === null);
  if (renewing.some(({ status }) => status === 'active' || status === 'trialing'))
    return { kind: 'unchanged' };
  if (renewing.some(({ status }) => status !== 'paused'))
    return { kind: 'refuse', because: 'payment_needed' };
  if (renewing.length > 0) return { kind: 'refuse', because: 'paused' };
  const [ending] = live;
  if (ending !== undefined) return { kind: 'undo', subscriptionId: ending.id };
  if (subscriptions.some(({ status }) => status === 'incomplete'))
    return { kind: 'refuse', because: 'payment_needed' };
  return { kind: 'refuse', because: subscriptions.length === 0 ? 'none' : 'ended' };
}

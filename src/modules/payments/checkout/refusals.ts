import type { NextAction } from 'src/modules/payments/access/domain/access';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import { AlreadySubscribedError } from 'src/modules/payments/payments.errors';

const refuse = (
  detail: string,
  { id, status }: Pick<StoredSubscription, 'id' | 'status'>,
  next: { state: string; next_action: NextAction; operation_id: string },
): AlreadySubscribedError =>
  new AlreadySubscribedError(detail, {
    extensions: { ...next, subscription_id: id, subscription_status: status },
  });

type Existing = Pick<StoredSubscription, 'id' | 'status' | 'cancelAt'>;

export function alreadySubscribed(subscription: Existing): AlreadySubscribedError {
  const canceling = subscription.cancelAt !== null;
  return refuse('You already have a subscription; a second one would charge you twice.', subscription, {
    state: canceling ? 'canceling' : stateOf(subscription.status),
    next_action: canceling ? 'resume' : subscription.status === 'past_due' ? 'update_payment_method' : 'none',
    operation_id: canceling ? 'resumeSubscription' : 'getSubscriptionStatus',
  });
}

export const resolveDispute = (subscription: Existing): AlreadySubscribedError =>
  refuse(
    'A payment of your subscription is in dispute with your bank. Contact support to settle it first.',
    subscription,
    { state: 'revoked', next_action: 'contact_support', operation_id: 'getSubscriptionStatus' },
  );

export const waitForPayment = (subscription: Existing): AlreadySubscribedError =>
  refuse(
    'A payment of yours is still on its way. Wait until your bank has confirmed or refused it.',
    subscription,
    { state: 'pending', next_action: 'wait', operation_id: 'getSubscriptionStatus' },
  );

export const completeFirst = (subscription: Existing): AlreadySubscribedError =>
  refuse('Your bank waits for you to confirm the first payment. Confirm it to open premium.', subscription, {
    state: 'pending',
    next_action: 'complete_payment',
    operation_id: 'getSubscriptionStatus',
  });

export const pausedOnRequest = (subscription: Existing): AlreadySubscribedError =>
  refuse('Your subscription was paused on request. Contact support to continue it.', subscription, {
    state: 'expired',
    next_action: 'contact_support',
    operation_id: 'getSubscriptionStatus',
  });

function stateOf(status: StoredSubscription['status']): string {
  if (status === 'trialing' || status === 'past_due') return status;
  return status === 'active' ? 'active' : 'expired';
}

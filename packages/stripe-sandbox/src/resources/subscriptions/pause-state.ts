import type { SubscriptionRecord } from './subscription';

type PauseReason = 'pause_requested' | 'trial_end_without_payment_method';

/** What changes when a subscription is paused. */
export function pausedBy(reason: PauseReason, at: number): Partial<SubscriptionRecord> {
  return {
    status: 'paused',
    status_details: {
      paused: { subscription: { type: reason }, transitioned_at: at, type: 'subscription' },
    },
  };
}

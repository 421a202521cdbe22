import type { World } from '../../core/world';
import { changeSubscription, type SubscriptionRecord } from './subscription';

export const PAUSE_REASONS = [
  'final_payment_failure',
  'first_payment_failure',
  'pause_requested',
  'system',
  'trial_end_without_payment_method',
] as const;

export type PauseReason = (typeof PAUSE_REASONS)[number];

/** What changes when a subscription is paused. */
export function pausedBy(reason: PauseReason, at: number): Partial<SubscriptionRecord> {
  return {
    status: 'paused',
    status_details: {
      paused: { subscription: { type: reason }, transitioned_at: at, type: 'subscription' },
    },
  };
}

/** Pauses a subscription by an account's rule or by Stripe itself; emits customer.subscription.paused. */
export function pauseFor(world: World, id: string, reason: PauseReason): SubscriptionRecord {
  const paused = changeSubscription(world, id, pausedBy(reason, world.clock.now()));
  world.journal.emit('customer.subscription.paused', paused);
  return paused;
}

import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { invoices } from '../invoices/invoice';
import type { PlannedChange } from './plan-change';
import { changeSubscription, currentPeriod, getSubscription, type SubscriptionRecord } from './subscription';

/** A change of a subscription, by its id, that waits for the payment of its invoice. */
export interface PendingChange {
  id: string;
  invoice: string;
  plan: PlannedChange;
  rest: Partial<SubscriptionRecord>;
  /** When the change was asked for; a new period begins then. */
  anchor: number;
}

const pendingChanges = defineCollection<PendingChange>('_pending_changes', ['invoice']);
const LIFETIME = 23 * 3600;

export function awaitChange(world: World, pending: PendingChange): void {
  pendingChanges(world).put(pending);
}

export function findPendingChange(world: World, subscription: string): PendingChange | undefined {
  return pendingChanges(world).find(subscription);
}

/** The change that an invoice pays for. */
export function changeOfInvoice(world: World, invoice: string): PendingChange | undefined {
  return pendingChanges(world).where('invoice', invoice)[0];
}

/** Sets `pending_update` on the subscription, for 23 hours at most and not beyond its period. */
export function showPending(world: World, id: string): void {
  const pending = findPendingChange(world, id);
  if (!pending || invoices(world).find(pending.invoice)?.status !== 'open') return;
  const before = getSubscription(world, id);
  const expires_at = Math.min(world.clock.now() + LIFETIME, currentPeriod(before).end);
  const { plan, rest, anchor } = pending;
  changeSubscription(world, id, {
    pending_update: {
      ...EMPTY_UPDATE,
      billing_cycle_anchor: plan.isReset ? anchor : null,
      cancel_at_period_end: rest.cancel_at_period_end ?? null,
      expires_at,
      subscription_items: plan.items.data,
    } as unknown as SubscriptionRecord['pending_update'],
  });
  world.scheduler.schedule('subscription.pending_update_expires', id, expires_at);
}

export const EMPTY_UPDATE = {
  billing_cycle_anchor: null,
  cancel_at_period_end: null,
  discount: null,
  discounts: null,
  metadata: null,
  subscription_items: null,
  trial_end: null,
  trial_from_plan: null,
};

/** Removes a pending change; returns whether the subscription showed it. */
export function dropPending(world: World, id: string): boolean {
  pendingChanges(world).remove(id);
  if (getSubscription(world, id).pending_update === null) return false;
  changeSubscription(world, id, { pending_update: null });
  return true;
}

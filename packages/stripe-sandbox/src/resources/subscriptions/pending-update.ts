import type { World } from '../../core/world';
import { getInvoice, invoices } from '../invoices/invoice';
import { voidInvoice } from '../invoices/void';
import { applyPlannedChange } from './change';
import { rememberDebits } from './debits';
import { changeOfInvoice, dropPending, findPendingChange } from './pending-change';
import { getSubscription, isOver, type SubscriptionRecord } from './subscription';

/** The invoice of a pending change is paid: the change takes effect. False when the invoice is not about one. */
export function applyPending(world: World, invoice: string): boolean {
  const pending = changeOfInvoice(world, invoice);
  if (!pending) return false;
  const wasShown = dropPending(world, pending.id);
  const before = getSubscription(world, pending.id);
  if (isOver(before)) return true;
  rememberDebits(world, getInvoice(world, invoice).lines.data);
  const changed = applyPlannedChange(world, before, pending);
  if (wasShown) world.journal.emit('customer.subscription.pending_update_applied', changed);
  return true;
}

/** The invoice of a pending change will never be paid: the change is discarded. */
export function discardPending(world: World, invoice: string): void {
  const pending = changeOfInvoice(world, invoice);
  if (!pending || !dropPending(world, pending.id)) return;
  world.journal.emit('customer.subscription.pending_update_expired', getSubscription(world, pending.id));
}

/** Voids the invoice of a pending update, which discards the update. */
export function voidPending(world: World, { id }: Pick<SubscriptionRecord, 'id'>): void {
  const pending = findPendingChange(world, id);
  const invoice = invoices(world).find(pending?.invoice ?? '');
  if (invoice?.status === 'open') voidInvoice(world, invoice.id);
}

export function expirePending(world: World, subscription: SubscriptionRecord, at: number): void {
  if (subscription.pending_update?.expires_at === at) voidPending(world, subscription);
}

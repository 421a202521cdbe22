import type { World } from '../../core/world';
import { finalizeInvoice } from './collection';
import { voidInvoice } from './void';
import { changeInvoice, getInvoice, type InvoiceRecord } from './invoice';

/** The reasons for an uncollectible invoice. */
export const UNCOLLECTIBLE_REASONS = [
  'max_payment_attempts',
  'payment_not_received',
  'subscription_canceled',
  'subscription_paused',
  'user_forgiven',
] as const;

export type UncollectibleReason = (typeof UNCOLLECTIBLE_REASONS)[number];

/** Marks an open invoice as uncollectible; emits invoice.marked_uncollectible. */
export function markUncollectible(world: World, id: string, reason: UncollectibleReason): InvoiceRecord {
  const invoice = getInvoice(world, id);
  const marked = changeInvoice(world, id, {
    status: 'uncollectible',
    auto_advance: false,
    next_payment_attempt: null,
    status_details: { uncollectible: { reason } },
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: world.clock.now() },
  });
  world.journal.emit('invoice.marked_uncollectible', marked);
  world.signals.raise('invoice.uncollectible', id);
  return marked;
}

/** Handles a new draft while the collection of its subscription is paused. */
export function finishUncollected(world: World, id: string, behaviour: string): void {
  if (behaviour === 'keep_as_draft') return;
  const open = finalizeInvoice(world, id);
  if (open.status !== 'open') return;
  if (behaviour === 'void') voidInvoice(world, id);
  else markUncollectible(world, id, 'subscription_paused');
}

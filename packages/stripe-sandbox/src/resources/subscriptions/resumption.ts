import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { voidInvoice } from '../invoices/void';
import { changeInvoice, invoices } from '../invoices/invoice';
import { EMPTY_UPDATE } from './pending-change';
import { changeSubscription, getSubscription, type SubscriptionRecord, subscriptions } from './subscription';

/** A paused subscription, by its id, whose resumption waits for the payment of an invoice. */
interface Resumption {
  id: string;
  invoice: string;
  /** Any payment attempt ends the pause; otherwise only a successful one does. */
  byAttempt: boolean;
}

const resumptions = defineCollection<Resumption>('_resumptions');
const LIFETIME = 23 * 3600;

/** Waits for the payment of a resumption's invoice; after 23 hours without an attempt it is void. */
export function awaitPayment(world: World, waiting: Resumption): void {
  resumptions(world).put(waiting);
  // The caller makes the attempt; Stripe neither charges nor retries automatically.
  if (waiting.byAttempt)
    changeInvoice(world, waiting.invoice, { auto_advance: false, next_payment_attempt: null });
  const expires_at = world.clock.now() + LIFETIME;
  changeSubscription(world, waiting.id, { pending_update: { ...EMPTY_UPDATE, expires_at } });
  world.scheduler.schedule('subscription.resumption_expires', waiting.id, expires_at);
}

/** A payment of the resumption's invoice failed: an attempt was enough, or the pause goes on. */
export function failResumption(world: World, { id }: SubscriptionRecord, invoice: string): void {
  const waiting = resumptions(world).find(id);
  if (waiting?.invoice === invoice && waiting.byAttempt) markResumed(world, id, 'past_due');
}

/** Resumes a subscription; emits customer.subscription.resumed. */
export function markResumed(world: World, id: string, status: 'active' | 'past_due'): SubscriptionRecord {
  resumptions(world).remove(id);
  const { status_details, ...rest } = getSubscription(world, id);
  if (status_details) subscriptions(world).put(rest as SubscriptionRecord);
  const resumed = changeSubscription(world, id, { status, pending_update: null });
  world.journal.emit('customer.subscription.resumed', resumed);
  return resumed;
}

export function expireResumption(world: World, { id, status }: SubscriptionRecord): void {
  const waiting = resumptions(world).find(id);
  const invoice = invoices(world).find(waiting?.invoice ?? '');
  if (status !== 'paused' || invoice?.status !== 'open' || invoice.attempted) return;
  resumptions(world).remove(id);
  changeSubscription(world, id, { pending_update: null });
  voidInvoice(world, invoice.id);
}

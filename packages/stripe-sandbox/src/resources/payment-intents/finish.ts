import { invalid } from '../../core/errors';
import { newId } from '../../core/random';
import type { World } from '../../core/world';
import { charges } from '../charges/charge';
import { type PaymentIntentRecord, paymentIntents } from './intent.record';
import { getIntent } from './payment-intent';

/** 400 for a call that the state of an intent does not allow. */
export function unexpected(verb: string, { status }: PaymentIntentRecord): Error {
  return invalid(
    `You cannot ${verb} this PaymentIntent because it has a status of ${status}.`,
    undefined,
    'payment_intent_unexpected_state',
  );
}

/** Takes reserved money; emits charge.captured and payment_intent.succeeded. */
export function captureIntent(world: World, id: string): PaymentIntentRecord {
  const before = getIntent(world, id);
  if (before.status !== 'requires_capture' || before.latest_charge === null)
    throw unexpected('capture', before);
  const { amount } = before;
  const captured = charges(world).patch(before.latest_charge, {
    captured: true,
    amount_captured: amount,
    balance_transaction: newId('txn', 24),
  });
  const intent = paymentIntents(world).patch(id, {
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: amount,
  });
  world.journal.emit('charge.captured', captured);
  world.journal.emit('payment_intent.succeeded', intent);
  world.signals.raise('intent.succeeded', id);
  return intent;
}

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'canceled', 'processing']);

export function isCancelable({ status }: PaymentIntentRecord): boolean {
  return !ENDED.has(status);
}

/** Cancels an intent; emits payment_intent.canceled. */
export function cancelIntent(world: World, id: string, reason: string | null): PaymentIntentRecord {
  const before = getIntent(world, id);
  if (!isCancelable(before)) throw unexpected('cancel', before);
  const canceled = paymentIntents(world).patch(id, {
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: world.clock.now(),
    cancellation_reason: reason as PaymentIntentRecord['cancellation_reason'],
    next_action: null,
  });
  world.journal.emit('payment_intent.canceled', canceled);
  return canceled;
}

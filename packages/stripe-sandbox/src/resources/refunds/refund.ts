import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { invalid, noSuch } from '../../core/errors';
import { formatMoney } from '../../billing/money';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { disputes } from '../disputes/dispute';
import { cardOf } from '../payment-methods/payment-method';
import { type ChargeRecord, charges } from '../charges/charge';

export type RefundRecord = Omit<Stripe.Refund, 'charge' | 'payment_intent'> & {
  charge: string;
  payment_intent: string | null;
};

export const refunds = defineCollection<RefundRecord>('refunds', ['charge', 'payment_intent']);

export interface NewRefund {
  charge: ChargeRecord;
  amount: number | undefined;
  reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null;
  metadata: Record<string, string>;
}

/**
 * Gives money of a charge back, all that is left when no amount is said. Emits refund.created, charge.refunded,
 * refund.updated and charge.refund.updated. Subscriptions stay as they are.
 */
export function createRefund(world: World, wanted: NewRefund): RefundRecord {
  const { charge, reason, metadata } = wanted;
  const amount = refundable(world, charge, wanted.amount);
  const fate = cardOf(world, charge.payment_method ?? '')?.refund;
  const refund = refunds(world).put({
    id: newId('re', 24),
    object: 'refund',
    amount,
    balance_transaction: newId('txn', 24),
    charge: charge.id,
    created: world.clock.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      type: 'card',
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
    },
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: fate === 'pending' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  });
  const amount_refunded = charge.amount_refunded + amount;
  const change = { amount_refunded, refunded: amount_refunded === charge.amount };
  const refunded = charges(world).patch(charge.id, change);
  if (fate !== undefined) scheduleOutcome(world, refund.id);
  const { journal } = world;
  journal.emit('refund.created', refund);
  journal.emit('charge.refunded', refunded, { previous: previousAttributes(charge, refunded) });
  journal.emit('refund.updated', refund, { previous: {} });
  journal.emit('charge.refund.updated', refund, { previous: {} });
  if (refunded.refunded) world.signals.raise('charge.refunded', charge.id);
  return refund;
}

function scheduleOutcome(world: World, id: string): void {
  const seconds = Math.ceil(world.settings.settleDelayMs / 1000);
  world.scheduler.schedule('refund.settle', id, world.clock.now() + seconds);
}

/** The delayed result of a refund: a pending one succeeds, a failing one returns the money to the account. */
export function settleRefund(world: World, id: string): void {
  const before = getRefund(world, id);
  const charge = charges(world).find(before.charge);
  const fate = cardOf(world, charge?.payment_method ?? '')?.refund;
  const fails = fate === 'fails' && before.status === 'succeeded';
  if (!charge || (!fails && before.status !== 'pending')) return;
  const failure = { status: 'failed', failure_reason: 'expired_or_canceled_card' } as const;
  const after = refunds(world).patch(id, fails ? failure : { status: 'succeeded' });
  if (fails) {
    const amount_refunded = charge.amount_refunded - before.amount;
    charges(world).patch(charge.id, { amount_refunded, refunded: false });
    world.journal.emit('refund.failed', after);
  }
  const previous = previousAttributes(before, after);
  world.journal.emit('refund.updated', after, { previous });
  world.journal.emit('charge.refund.updated', after, { previous });
}

function refundable(world: World, charge: ChargeRecord, wanted: number | undefined): number {
  if (charge.refunded) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
  }
  if (
    disputes(world)
      .where('charge', charge.id)
      .some((dispute) => !dispute.is_charge_refundable)
  ) {
    throw invalid(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      'charge',
      'charge_disputed',
    );
  }
  if (charge.status !== 'succeeded')
    throw invalid(`Charge ${charge.id} was not paid and cannot be refunded.`, 'charge');
  const left = charge.amount - charge.amount_refunded;
  const amount = wanted ?? left;
  if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount > left) {
    throw invalid(
      `Refund amount (${formatMoney(amount, charge.currency)}) is greater than unrefunded amount on charge (${formatMoney(left, charge.currency)})`,
      'amount',
    );
  }
  return amount;
}

export function getRefund(world: World, id: string): RefundRecord {
  const refund = refunds(world).find(id);
  if (!refund) throw noSuch('refund', id);
  return refund;
}

import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { charges } from '../charges/charge';
import { paymentIntents } from '../payment-intents/intent.record';
import { cardOf } from '../payment-methods/payment-method';

export type FraudWarningRecord = Omit<Stripe.Radar.EarlyFraudWarning, 'charge' | 'payment_intent'> & {
  charge: string;
  payment_intent: string | null;
};

export const fraudWarnings = defineCollection<FraudWarningRecord>('radar_early_fraud_warnings', [
  'charge',
  'payment_intent',
]);

/** Issuers warn of charges of the card made for it; a warning whose charge is refunded needs no action any more. */
export function startFraudWarnings(world: World): void {
  world.signals.on('intent.succeeded', (id) => {
    const { latest_charge, payment_method } = paymentIntents(world).find(id) ?? {};
    if (latest_charge && cardOf(world, payment_method ?? '')?.fraudWarning) warn(world, latest_charge);
  });
  world.signals.on('charge.refunded', (charge) => {
    for (const before of fraudWarnings(world).where('charge', charge)) {
      if (!before.actionable) continue;
      const after = fraudWarnings(world).patch(before.id, { actionable: false });
      const previous = previousAttributes(before, after);
      world.journal.emit('radar.early_fraud_warning.updated', after, { previous });
    }
  });
}

function warn(world: World, charge: string): void {
  const warning = fraudWarnings(world).put({
    id: newId('issfr', 24),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge,
    created: world.clock.now(),
    fraud_type: 'misc',
    livemode: false,
    payment_intent: charges(world).find(charge)?.payment_intent ?? null,
  });
  world.journal.emit('radar.early_fraud_warning.created', warning);
}

export function getFraudWarning(world: World, id: string): FraudWarningRecord {
  const warning = fraudWarnings(world).find(id);
  if (!warning) throw noSuch('early_fraud_warning', id);
  return warning;
}

import type { Provider, Type } from '@nestjs/common';
import { DeclinedPaymentEffect } from './checkout/effects/declined-payment.effect';
import type { HandledEventType } from './stripe/event-types';
import { EFFECT_TABLE, type Effect, type EffectTable } from './sync/effect';
import { PriceEffect, ProductEffect } from './sync/effects/catalogue.effects';
import { EarlyFraudWarningEffect, InvoicePaymentEffect } from './sync/effects/customer-only.effects';
import { DisputeEffect } from './sync/effects/dispute.effect';
import { RefundEffect } from './sync/effects/refund.effect';

/**
 * What each handled event type does. Every type syncs its customer; an effect does more, or finds the customer of an
 * object that names none. The compiler keeps this record complete (stripe/event-types.ts), and a test keeps README and
 * ARCHITECTURE true to it.
 */
export const EFFECTS: Readonly<Record<HandledEventType, Type<Effect> | 'sync_only'>> = {
  'checkout.session.completed': 'sync_only',
  'checkout.session.async_payment_succeeded': 'sync_only',
  'checkout.session.async_payment_failed': 'sync_only',
  'checkout.session.expired': 'sync_only',
  'customer.subscription.created': 'sync_only',
  'customer.subscription.updated': 'sync_only',
  'customer.subscription.deleted': 'sync_only',
  'customer.subscription.paused': 'sync_only',
  'customer.subscription.resumed': 'sync_only',
  'customer.subscription.trial_will_end': 'sync_only',
  'customer.subscription.pending_update_applied': 'sync_only',
  'customer.subscription.pending_update_expired': 'sync_only',
  'invoice.paid': 'sync_only',
  'invoice.payment_failed': 'sync_only',
  'invoice.payment_action_required': 'sync_only',
  'invoice.finalized': 'sync_only',
  'invoice.finalization_failed': 'sync_only',
  'invoice.voided': 'sync_only',
  'invoice.marked_uncollectible': 'sync_only',
  'invoice.upcoming': 'sync_only',
  'invoice.overdue': 'sync_only',
  'invoice_payment.paid': InvoicePaymentEffect,
  'charge.refunded': RefundEffect,
  'refund.created': RefundEffect,
  'refund.updated': RefundEffect,
  'refund.failed': RefundEffect,
  'charge.dispute.created': DisputeEffect,
  'charge.dispute.updated': DisputeEffect,
  'charge.dispute.closed': DisputeEffect,
  'charge.dispute.funds_withdrawn': DisputeEffect,
  'charge.dispute.funds_reinstated': DisputeEffect,
  'radar.early_fraud_warning.created': EarlyFraudWarningEffect,
  'payment_intent.payment_failed': DeclinedPaymentEffect,
  'payment_intent.processing': 'sync_only',
  'customer.updated': 'sync_only',
  'customer.deleted': 'sync_only',
  'payment_method.attached': 'sync_only',
  'payment_method.updated': 'sync_only',
  'payment_method.automatically_updated': 'sync_only',
  'payment_method.detached': 'sync_only',
  'subscription_schedule.created': 'sync_only',
  'subscription_schedule.updated': 'sync_only',
  'subscription_schedule.released': 'sync_only',
  'subscription_schedule.completed': 'sync_only',
  'subscription_schedule.canceled': 'sync_only',
  'subscription_schedule.aborted': 'sync_only',
  'credit_note.created': 'sync_only',
  'credit_note.voided': 'sync_only',
  'price.updated': PriceEffect,
  'price.deleted': PriceEffect,
  'product.updated': ProductEffect,
  'product.deleted': ProductEffect,
};

const effectClasses = [
  ...new Set(Object.values(EFFECTS).filter((effect): effect is Type<Effect> => effect !== 'sync_only')),
];

/** The effects, and the record with an instance in place of each class. */
export const effectProviders: Provider[] = [
  ...effectClasses,
  {
    provide: EFFECT_TABLE,
    inject: effectClasses,
    useFactory: (...effects: Effect[]): EffectTable => {
      const instanceOf = (effect: Type<Effect>) => effects[effectClasses.indexOf(effect)];
      const entries = Object.entries(EFFECTS).map(([type, effect]) => [
        type,
        effect === 'sync_only' ? effect : instanceOf(effect),
      ]);
      return Object.fromEntries(entries) as EffectTable;
    },
  },
];

import type Stripe from 'stripe';
import { newId, randomText } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { type AutomaticMethods, configurationOf } from './automatic-methods';

export type PaymentIntentRecord = Omit<
  Stripe.PaymentIntent,
  'customer' | 'payment_method' | 'latest_charge'
> & {
  customer: string | null;
  payment_method: string | null;
  latest_charge: string | null;
};

export const paymentIntents = defineCollection<PaymentIntentRecord>('payment_intents', ['customer']);

export interface NewIntent {
  amount: number;
  currency: string;
  customer?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  setup_future_usage?: 'off_session' | 'on_session' | null;
  receipt_email?: string | null;
  shipping?: unknown;
  types?: string[];
  capture_method?: 'automatic' | 'automatic_async' | 'manual';
  payment_method?: string | null;
  automatic_payment_methods?: AutomaticMethods | null;
}

/** Opens an intent; emits payment_intent.created. */
export function createIntent(world: World, wanted: NewIntent): PaymentIntentRecord {
  const intent = paymentIntents(world).put(buildIntent(wanted, world.clock.now()));
  world.journal.emit('payment_intent.created', intent);
  return intent;
}

/** What a new intent says nothing about. */
function emptyFields() {
  return {
    allowed_payment_method_types: null,
    application: null,
    application_fee_amount: null,
    canceled_at: null,
    cancellation_reason: null,
    customer_account: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    managed_payments: { enabled: false },
    next_action: null,
    on_behalf_of: null,
    payment_record: null,
    processing: null,
    review: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
  };
}

function buildIntent(wanted: NewIntent, created: number): PaymentIntentRecord {
  const id = newId('pi', 24);
  return {
    id,
    object: 'payment_intent',
    ...emptyFields(),
    amount: wanted.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    automatic_payment_methods: wanted.automatic_payment_methods ?? null,
    capture_method: wanted.capture_method ?? 'automatic',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: 'automatic',
    created,
    currency: wanted.currency.toLowerCase(),
    customer: wanted.customer ?? null,
    description: wanted.description ?? null,
    livemode: false,
    metadata: wanted.metadata ?? {},
    payment_method: wanted.payment_method ?? null,
    payment_method_configuration_details: configurationOf(wanted.automatic_payment_methods),
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: wanted.types ?? ['card'],
    receipt_email: wanted.receipt_email ?? null,
    setup_future_usage: wanted.setup_future_usage ?? null,
    shipping: (wanted.shipping ?? null) as PaymentIntentRecord['shipping'],
    status: wanted.payment_method ? 'requires_confirmation' : 'requires_payment_method',
  };
}

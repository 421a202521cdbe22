import type Stripe from 'stripe';
import { cardError, invalid, noSuch } from '../../core/errors';
import { newId, randomText } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { type AutomaticMethods, configurationOf } from '../payment-intents/automatic-methods';
import { AUTHENTICATION_FAILED } from '../payment-intents/outcome';
import type { Decline } from '../payment-methods/cards';
import { attachPaymentMethod, cardOf, resolvePaymentMethod } from '../payment-methods/payment-method';

export type SetupIntentRecord = Omit<Stripe.SetupIntent, 'customer' | 'payment_method'> & {
  customer: string | null;
  payment_method: string | null;
};

export const setupIntents = defineCollection<SetupIntentRecord>('setup_intents', ['customer']);

export interface NewSetupIntent {
  customer: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  usage?: string;
  types?: string[];
  automatic_payment_methods?: AutomaticMethods | null;
}

/** Opens an intent to save a payment method; emits setup_intent.created. */
export function createSetupIntent(world: World, wanted: NewSetupIntent): SetupIntentRecord {
  const id = newId('seti', 24);
  const intent = setupIntents(world).put({
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: wanted.automatic_payment_methods ?? null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: world.clock.now(),
    customer: wanted.customer,
    customer_account: null,
    description: wanted.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: wanted.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: configurationOf(wanted.automatic_payment_methods),
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: wanted.types ?? ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: wanted.usage ?? 'off_session',
  });
  world.journal.emit('setup_intent.created', intent);
  return intent;
}

export function getSetupIntent(world: World, id: string): SetupIntentRecord {
  const intent = setupIntents(world).find(id);
  if (!intent) throw noSuch('setup_intent', id);
  return intent;
}

export type SetupOutcome = 'succeeded' | 'requires_action';

export interface SetupAttempt {
  method: string;
  authenticated: boolean;
  /** The URL the bank's page returns to. */
  returnUrl?: string | null | undefined;
}

/**
 * Tries to save a method. Cards that banks refuse throw their decline; cards that want it ask for authentication first;
 * others are attached to the intent's customer.
 */
export function confirmSetup(
  world: World,
  id: string,
  { method, authenticated, returnUrl = null }: SetupAttempt,
): SetupOutcome {
  const { id: methodId } = resolvePaymentMethod(world, method);
  const card = cardOf(world, methodId);
  setupIntents(world).patch(id, { payment_method: methodId, latest_attempt: newId('setatt', 24) });
  if (card?.decline) throw refuse(world, id, card.decline);
  if (card?.authentication !== undefined && !authenticated) return askForAuthentication(world, id, returnUrl);
  const { customer } = getSetupIntent(world, id);
  if (customer !== null) attachPaymentMethod(world, methodId, customer);
  const done = setupIntents(world).patch(id, {
    status: 'succeeded',
    next_action: null,
    last_setup_error: null,
  });
  world.journal.emit('setup_intent.succeeded', done);
  world.signals.raise('setup.succeeded', id);
  return 'succeeded';
}

/** The customer came back from the bank's page; a failed authentication throws. */
export function finishSetup(world: World, id: string, passed: boolean): SetupOutcome {
  const { payment_method } = getSetupIntent(world, id);
  if (passed) return confirmSetup(world, id, { method: payment_method ?? '', authenticated: true });
  throw refuse(world, id, { ...AUTHENTICATION_FAILED, code: 'setup_intent_authentication_failure' });
}

function refuse(world: World, id: string, decline: Decline): Error {
  const failed = setupIntents(world).patch(id, {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_setup_error: { type: 'card_error', ...decline } as SetupIntentRecord['last_setup_error'],
  });
  world.journal.emit('setup_intent.setup_failed', failed);
  return cardError({ ...decline, setup_intent: failed });
}

function askForAuthentication(world: World, id: string, return_url: string | null): SetupOutcome {
  const url = `${world.settings.publicUrl}/authenticate/${id}`;
  const asking = setupIntents(world).patch(id, {
    status: 'requires_action',
    next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url } },
  });
  world.journal.emit('setup_intent.requires_action', asking);
  return 'requires_action';
}

export function cancelSetup(world: World, id: string, reason: string | undefined): SetupIntentRecord {
  const intent = getSetupIntent(world, id);
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw invalid(
      `You cannot cancel this SetupIntent because it has a status of ${intent.status}.`,
      undefined,
      'setup_intent_unexpected_state',
    );
  }
  const canceled = setupIntents(world).patch(id, {
    status: 'canceled',
    cancellation_reason: reason ?? null,
    next_action: null,
  });
  world.journal.emit('setup_intent.canceled', canceled);
  return canceled;
}

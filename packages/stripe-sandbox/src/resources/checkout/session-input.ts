import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { readShipping } from '../customers/address';
import type { SessionRecord, SessionSecrets } from './session';

const SHORTEST_LIFE = 30 * 60;
const LONGEST_LIFE = 24 * 3600;

/** What a caller decides about any session. */
export function readFields(world: World, input: Input): Partial<SessionRecord> {
  const fields: Partial<SessionRecord> = {
    success_url: input.requiredText('success_url'),
    cancel_url: input.text('cancel_url') ?? null,
    client_reference_id: input.text('client_reference_id') ?? null,
    metadata: input.metadata(),
    allow_promotion_codes: input.flag('allow_promotion_codes') ?? null,
    locale: (input.text('locale') ?? null) as SessionRecord['locale'],
  };
  const types = [...input.texts('payment_method_types'), ...input.texts('allowed_payment_method_types')];
  if (types.length > 0) fields.payment_method_types = types;
  const creation = input.choice('customer_creation', ['always', 'if_required'] as const);
  if (creation) fields.customer_creation = creation;
  const collection = input.choice('payment_method_collection', ['always', 'if_required'] as const);
  if (collection) fields.payment_method_collection = collection;
  const expires = input.integer('expires_at');
  if (expires === undefined) return fields;
  const ahead = expires - world.clock.now();
  // A minute of slack: callers compute "30 minutes from now" before the request travels.
  if (ahead < SHORTEST_LIFE - 60 || ahead > LONGEST_LIFE + 60) {
    throw invalid(
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours after Checkout Session creation.',
      'expires_at',
    );
  }
  return { ...fields, expires_at: expires };
}

const SHORTEST_TRIAL = 48 * 3600;

/** Checkout gives a trial of at least a day, or one that ends in two days or later. */
function readTrial(world: World, data: Input): Pick<SessionSecrets, 'trialEnd' | 'trialDays'> {
  const trialEnd = data.integer('trial_end') ?? null;
  const trialDays = data.integer('trial_period_days') ?? null;
  if (trialEnd !== null && trialDays !== null) {
    throw invalid(
      'You may only specify one of these parameters: trial_end, trial_period_days.',
      data.path('trial_end'),
    );
  }
  if (trialDays !== null && trialDays < 1) {
    throw invalid('The minimum number of trial period days is 1.', data.path('trial_period_days'));
  }
  if (trialEnd !== null && trialEnd < world.clock.now() + SHORTEST_TRIAL) {
    throw invalid('The `trial_end` date has to be at least 2 days in the future.', data.path('trial_end'));
  }
  return { trialEnd, trialDays };
}

/** Data of a session that the API does not show. */
export function readSecrets(world: World, input: Input): Partial<SessionSecrets> {
  const data = input.map('subscription_data');
  const missing = data
    .map('trial_settings')
    .map('end_behavior')
    .choice('missing_payment_method', ['cancel', 'create_invoice', 'pause'] as const);
  return {
    ...readTrial(world, data),
    updatesName: input.map('customer_update').text('name') === 'auto',
    updatesAddress: input.map('customer_update').text('address') === 'auto',
    ...(missing ? { trialWithoutMethod: missing } : {}),
    subscriptionMetadata: data.metadata(),
    futureUsage:
      input.map('payment_intent_data').choice('setup_future_usage', ['off_session', 'on_session'] as const) ??
      null,
    intentShipping: readShipping(input.map('payment_intent_data')),
    intentMetadata: input.map('payment_intent_data').metadata(),
    description: data.text('description') ?? input.map('payment_intent_data').text('description') ?? null,
  };
}

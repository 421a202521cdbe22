import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { type CollectionOf, defineCollection } from '../../core/store';
import type { World } from '../../core/world';

export type PortalConfiguration = Stripe.BillingPortal.Configuration;
export type PortalFeatures = PortalConfiguration['features'];

export const portalConfigurations: CollectionOf<PortalConfiguration> = defineCollection(
  'billing_portal_configurations',
);

export type NewConfiguration = Pick<
  PortalConfiguration,
  'business_profile' | 'default_return_url' | 'features' | 'is_default' | 'metadata' | 'name'
>;

/** Creates a configuration; emits billing_portal.configuration.created. */
export function createConfiguration(world: World, wanted: NewConfiguration): PortalConfiguration {
  const now = world.clock.now();
  const configuration = portalConfigurations(world).put({
    id: newId('bpc', 24),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    created: now,
    livemode: false,
    login_page: { enabled: false, url: null },
    updated: now,
    ...wanted,
  });
  world.journal.emit('billing_portal.configuration.created', configuration);
  return configuration;
}

/** The default features of an account. */
export const ALL_FEATURES: PortalFeatures = {
  customer_update: { allowed_updates: ['email', 'name'], enabled: true },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: true,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: ['price'],
    enabled: true,
    proration_behavior: 'create_prorations',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
};

/** The account's default; made at its first use. */
export function defaultConfiguration(world: World): PortalConfiguration {
  const known = portalConfigurations(world)
    .all()
    .find((configuration) => configuration.is_default);
  if (known) return known;
  return createConfiguration(world, {
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    default_return_url: null,
    features: ALL_FEATURES,
    is_default: true,
    metadata: {},
    name: null,
  });
}

export function getConfiguration(world: World, id: string, param = 'id'): PortalConfiguration {
  const configuration = portalConfigurations(world).find(id);
  if (!configuration) throw noSuch('configuration', id, param);
  return configuration;
}

export function updateConfiguration(
  world: World,
  id: string,
  change: Partial<PortalConfiguration>,
): PortalConfiguration {
  const before = getConfiguration(world, id);
  const after = portalConfigurations(world).patch(id, { ...change, updated: world.clock.now() });
  const previous = previousAttributes(before, after);
  world.journal.emit('billing_portal.configuration.updated', after, { previous });
  return after;
}

import { missingParam } from '../../core/errors';
import type { Input } from '../../http/input';
import { paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
import { NOTHING } from '../../http/parameters';
import {
  ALL_FEATURES,
  createConfiguration,
  defaultConfiguration,
  getConfiguration,
  portalConfigurations,
  type PortalConfiguration,
  type PortalFeatures,
  updateConfiguration,
} from './configuration';
import { readFlow } from './flow';
import { createPortalSession, type PortalSession } from './session';
import * as accepts from './portal.parameters';

export const portalResource: Resource = {
  routes: [
    {
      method: 'POST',
      path: '/billing_portal/configurations',
      accepts: accepts.CREATE_CONFIGURATION,
      handle: create,
    },
    {
      method: 'GET',
      path: '/billing_portal/configurations',
      accepts: accepts.LIST_CONFIGURATIONS,
      handle: list,
    },
    {
      method: 'GET',
      path: '/billing_portal/configurations/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getConfiguration(world, part('id')),
    },
    {
      method: 'POST',
      path: '/billing_portal/configurations/:id',
      accepts: accepts.UPDATE_CONFIGURATION,
      handle: update,
    },
    { method: 'POST', path: '/billing_portal/sessions', accepts: accepts.CREATE_SESSION, handle: open },
  ],
};

function create({ world, input }: Call): object {
  if (!input.has('features')) throw missingParam('features');
  return createConfiguration(world, {
    business_profile: readProfile(input),
    default_return_url: input.text('default_return_url') ?? null,
    features: readFeatures(input.map('features'), ALL_OFF),
    is_default: false,
    metadata: input.metadata(),
    name: input.text('name') ?? null,
  });
}

function readProfile(input: Input): PortalConfiguration['business_profile'] {
  const profile = input.map('business_profile');
  return {
    headline: profile.text('headline') ?? null,
    privacy_policy_url: profile.text('privacy_policy_url') ?? null,
    terms_of_service_url: profile.text('terms_of_service_url') ?? null,
  };
}

const ALL_OFF: PortalFeatures = {
  customer_update: { ...ALL_FEATURES.customer_update, allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { ...ALL_FEATURES.payment_method_update, enabled: false },
  subscription_cancel: { ...ALL_FEATURES.subscription_cancel, enabled: false },
  subscription_pause: ALL_FEATURES.subscription_pause,
  subscription_update: {
    ...ALL_FEATURES.subscription_update,
    default_allowed_updates: [],
    enabled: false,
    proration_behavior: 'none',
  },
};

const PRORATIONS = ['always_invoice', 'create_prorations', 'none'] as const;

function readFeatures(input: Input, before: PortalFeatures): PortalFeatures {
  const enabled = (name: keyof PortalFeatures) => input.map(name).flag('enabled') ?? before[name].enabled;
  const cancel = input.map('subscription_cancel');
  const update = input.map('subscription_update');
  const updates = update.texts('default_allowed_updates');
  const products = update.maps('products').map((entry) => ({
    adjustable_quantity: { enabled: false, maximum: null, minimum: 1 },
    prices: entry.texts('prices'),
    product: entry.requiredText('product'),
  }));
  return {
    customer_update: {
      allowed_updates: input.map('customer_update').has('allowed_updates')
        ? input.map('customer_update').texts('allowed_updates')
        : before.customer_update.allowed_updates,
      enabled: enabled('customer_update'),
    },
    invoice_history: { enabled: enabled('invoice_history') },
    payment_method_update: { ...before.payment_method_update, enabled: enabled('payment_method_update') },
    subscription_cancel: {
      ...before.subscription_cancel,
      enabled: enabled('subscription_cancel'),
      mode:
        cancel.choice('mode', ['at_period_end', 'immediately'] as const) ?? before.subscription_cancel.mode,
    },
    subscription_pause: before.subscription_pause,
    subscription_update: {
      ...before.subscription_update,
      enabled: enabled('subscription_update'),
      default_allowed_updates:
        updates.length > 0 ? updates : before.subscription_update.default_allowed_updates,
      proration_behavior:
        update.choice('proration_behavior', PRORATIONS) ?? before.subscription_update.proration_behavior,
      ...(products.length > 0 ? { products } : {}),
    },
  };
}

function list({ world, input }: Call): object {
  const active = input.flag('active');
  const isDefault = input.flag('is_default');
  const wanted = portalConfigurations(world)
    .newestFirst()
    .filter((configuration) => active === undefined || configuration.active === active)
    .filter((configuration) => isDefault === undefined || configuration.is_default === isDefault);
  return paginate(wanted, input, '/v1/billing_portal/configurations');
}

function update({ world, input, part }: Call): object {
  const before = getConfiguration(world, part('id'));
  return updateConfiguration(world, before.id, {
    metadata: input.metadata(before.metadata ?? {}),
    active: input.flag('active') ?? before.active,
    name: input.has('name') ? (input.text('name') ?? null) : before.name,
    features: readFeatures(input.map('features'), before.features),
    ...(input.has('business_profile') ? { business_profile: readProfile(input) } : {}),
    ...(input.has('default_return_url')
      ? { default_return_url: input.text('default_return_url') ?? null }
      : {}),
  });
}

function open({ world, input }: Call): object {
  const customer = getCustomer(world, input.requiredText('customer'), 'customer');
  const wanted = input.text('configuration');
  const configuration =
    wanted === undefined ? defaultConfiguration(world) : getConfiguration(world, wanted, 'configuration');
  return createPortalSession(world, {
    configuration: configuration.id,
    customer: customer.id,
    flow: readFlow(world, input.map('flow_data'), customer.id),
    locale: (input.text('locale') ?? null) as PortalSession['locale'],
    return_url: input.text('return_url') ?? configuration.default_return_url,
  });
}

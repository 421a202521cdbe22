import Stripe from 'stripe';
import type { StripeConfig } from 'src/config/app-config';
import { createStripeClient } from './stripe-client';

export interface PriceFacts {
  readonly id: string;
  readonly active: boolean;
  /** Undefined for a price that is paid once. */
  readonly interval: string | undefined;
  readonly intervalCount: number;
  readonly hasFixedAmount: boolean;
  readonly currency: string;
  readonly productId: string;
  readonly productActive: boolean;
}

export interface EndpointFacts {
  readonly url: string;
  readonly enabled: boolean;
  readonly apiVersion: string | null;
  readonly events: readonly string[];
}

/** What the billing portal allows. */
export interface PortalFacts {
  readonly active: boolean;
  readonly changesEmail: boolean;
  readonly changesPlan: boolean;
  readonly pauses: boolean;
  readonly updatesCard: boolean;
}

/** What is configured at Stripe, for a report. */
export interface StripeSetup {
  /** Stripe's clock minus ours; undefined when the answer had no date. */
  readonly clockSkewMs: number | undefined;
  /** `missing`: the account has no such price in the mode of the key. */
  readonly monthly: PriceFacts | 'missing';
  readonly yearly: PriceFacts | 'missing' | 'not_configured';
  /** Undefined when the key may not list them. */
  readonly endpoints: readonly EndpointFacts[] | undefined;
  /** `unreadable`: the key may not read it. */
  readonly portal: PortalFacts | 'missing' | 'not_configured' | 'unreadable';
}

export type StripeSetupFailure = 'key_refused' | 'unreachable';

/** Reads the setup at Stripe without changing anything. Returns the failure when Stripe gives no answer to read from. */
export async function readStripeSetup(config: StripeConfig): Promise<StripeSetup | StripeSetupFailure> {
  const stripe = createStripeClient(config);
  try {
    const monthly = await readPrice(stripe, config.monthlyPriceId);
    const yearlyId = config.yearlyPriceId;
    return {
      clockSkewMs: monthly.clockSkewMs,
      monthly: monthly.price,
      yearly: yearlyId === undefined ? 'not_configured' : (await readPrice(stripe, yearlyId)).price,
      endpoints: await readEndpoints(stripe),
      portal: await readPortal(stripe, config.portalConfigurationId),
    };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeAuthenticationError) return 'key_refused';
    if (error instanceof Stripe.errors.StripePermissionError) return 'key_refused';
    return 'unreachable';
  }
}

async function readPrice(
  stripe: Stripe,
  id: string,
): Promise<{ price: PriceFacts | 'missing'; clockSkewMs?: number | undefined }> {
  try {
    const price = await stripe.prices.retrieve(id, { expand: ['product'] });
    return { price: toPriceFacts(price), clockSkewMs: skewOf(price.lastResponse.headers['date']) };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') {
      return { price: 'missing', clockSkewMs: skewOf(error.headers?.['date']) };
    }
    throw error;
  }
}

function toPriceFacts(price: Stripe.Price): PriceFacts {
  const { product } = price;
  const isExpanded = typeof product !== 'string' && product.deleted !== true;
  return {
    id: price.id,
    active: price.active,
    interval: price.recurring?.interval,
    intervalCount: price.recurring?.interval_count ?? 1,
    hasFixedAmount: price.unit_amount !== null,
    currency: price.currency,
    productId: typeof product === 'string' ? product : product.id,
    productActive: isExpanded && product.active,
  };
}

async function readEndpoints(stripe: Stripe): Promise<EndpointFacts[] | undefined> {
  try {
    const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
    return data.map(({ url, status, api_version: apiVersion, enabled_events: events }) => ({
      url,
      enabled: status === 'enabled',
      apiVersion,
      events,
    }));
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) return undefined;
    throw error;
  }
}

async function readPortal(stripe: Stripe, id: string | undefined): Promise<StripeSetup['portal']> {
  if (id === undefined) return 'not_configured';
  try {
    const { active, features } = await stripe.billingPortal.configurations.retrieve(id);
    return {
      active,
      changesEmail:
        features.customer_update.enabled && features.customer_update.allowed_updates.includes('email'),
      changesPlan: features.subscription_update.enabled,
      pauses: 'subscription_pause' in features && isEnabled(features.subscription_pause),
      updatesCard: features.payment_method_update.enabled,
    };
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) return 'unreadable';
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return 'missing';
    throw error;
  }
}

const isEnabled = (feature: unknown): boolean =>
  typeof feature === 'object' && feature !== null && 'enabled' in feature && feature.enabled === true;

function skewOf(date: string | undefined): number | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time - Date.now();
}

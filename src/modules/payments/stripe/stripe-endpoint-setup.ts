import type Stripe from 'stripe';
import { HANDLED_EVENT_TYPES } from './event-types';
import { STRIPE_API_VERSION } from './stripe-client';

/** `skipped`: Stripe delivers only to https, so a local address needs `stripe listen`. */
export type EndpointSetup =
  | { readonly state: 'skipped' }
  | { readonly state: 'unchanged' | 'updated'; readonly id: string }
  | {
      readonly state: 'created';
      readonly id: string;
      /** Shown by Stripe once, in the answer to the creation. */
      readonly secret: string;
      /** Endpoints of other API versions, to delete once the new one has delivered. */
      readonly replaces: readonly string[];
    };

const PATH = '/api/v1/payments/webhook';

/** The address without the version that tells two endpoints of it apart. */
export const addressOf = (url: string): string => url.split('?')[0] ?? url;

/**
 * One endpoint per address and API version, with exactly the handled events. The version of an endpoint is fixed when
 * it is made, so a new version gets a second endpoint, and both deliver until the old one is deleted.
 */
export async function setUpEndpoint(stripe: Stripe, publicUrl: string): Promise<EndpointSetup> {
  const url = `${publicUrl}${PATH}`;
  if (!isDeliverable(publicUrl)) return { state: 'skipped' };
  const endpoints = await stripe.webhookEndpoints.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  const own = endpoints.filter((endpoint) => addressOf(endpoint.url) === url);
  const current = own.find(({ api_version: version }) => version === STRIPE_API_VERSION);
  if (current === undefined) return createEndpoint(stripe, url, own);
  if (current.status === 'enabled' && hasHandledEvents(current))
    return { state: 'unchanged', id: current.id };
  await stripe.webhookEndpoints.update(current.id, {
    enabled_events: [...HANDLED_EVENT_TYPES],
    disabled: false,
  });
  return { state: 'updated', id: current.id };
}

async function createEndpoint(
  stripe: Stripe,
  url: string,
  others: readonly Stripe.WebhookEndpoint[],
): Promise<EndpointSetup> {
  const { id, secret } = await stripe.webhookEndpoints.create({
    url: others.length === 0 ? url : `${url}?version=${STRIPE_API_VERSION}`,
    api_version: STRIPE_API_VERSION,
    enabled_events: [...HANDLED_EVENT_TYPES],
    description: 'Course Companion',
  });
  if (secret === undefined) throw new Error(`Stripe gave no secret for the new endpoint ${id}`);
  return { state: 'created', id, secret, replaces: others.map((endpoint) => endpoint.id) };
}

function hasHandledEvents({ enabled_events: events }: Stripe.WebhookEndpoint): boolean {
  const wanted: readonly string[] = HANDLED_EVENT_TYPES;
  return events.length === wanted.length && wanted.every((type) => events.includes(type));
}

const isDeliverable = (publicUrl: string): boolean => {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' && hostname !== 'localhost' && hostname !== '127.0.0.1';
};

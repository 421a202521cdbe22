import { newId, randomText } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { isWanted } from '../events/event.resource';

export interface WebhookEndpointRecord {
  id: string;
  object: 'webhook_endpoint';
  api_version: string | null;
  application: null;
  created: number;
  description: string | null;
  enabled_events: string[];
  livemode: false;
  metadata: Record<string, string>;
  status: 'enabled' | 'disabled';
  url: string;
}

/** Kept apart from the endpoint: the API shows the secret only in the answer to its creation. */
interface EndpointSecret {
  id: string;
  secret: string;
  /** The previous secret, which also signs until it expires (real milliseconds). */
  former?: { secret: string; expires_at: number };
}

export const webhookEndpoints = defineCollection<WebhookEndpointRecord>('webhook_endpoints');
const endpointSecrets = defineCollection<EndpointSecret>('_endpoint_secrets');

export interface NewEndpoint {
  url: string;
  enabled_events: string[];
  api_version: string | null;
  description: string | null;
  metadata: Record<string, string>;
  secret?: string;
}

export function createEndpoint(world: World, wanted: NewEndpoint): WebhookEndpointRecord {
  const { secret, ...rest } = wanted;
  const endpoint = webhookEndpoints(world).put({
    id: newId('we', 24),
    object: 'webhook_endpoint',
    application: null,
    created: world.clock.now(),
    livemode: false,
    status: 'enabled',
    ...rest,
  });
  endpointSecrets(world).put({ id: endpoint.id, secret: secret ?? `whsec_${randomText(32)}` });
  return endpoint;
}

/** The secrets that sign now: two while one is being rolled. */
export function secretsOf(world: World, endpointId: string): string[] {
  const found = endpointSecrets(world).find(endpointId);
  if (!found) return [];
  const { secret, former } = found;
  return former && former.expires_at > Date.now() ? [secret, former.secret] : [secret];
}

/** Gives the endpoint a new secret; the previous one also signs for `overlapSeconds` of real time, at most a day. */
export function rollSecret(world: World, endpointId: string, overlapSeconds: number): string {
  const secret = `whsec_${randomText(32)}`;
  const former = {
    secret: secretOf(world, endpointId) ?? '',
    expires_at: Date.now() + overlapSeconds * 1000,
  };
  endpointSecrets(world).put({ id: endpointId, secret, former });
  return secret;
}

export function secretOf(world: World, endpointId: string): string | undefined {
  return endpointSecrets(world).find(endpointId)?.secret;
}

export function endpointsFor(world: World, type: string): WebhookEndpointRecord[] {
  return webhookEndpoints(world)
    .all()
    .filter((endpoint) => endpoint.status === 'enabled' && isWanted(type, endpoint.enabled_events));
}

const CONFIGURED = 'Configured by SANDBOX_WEBHOOK_URL';

/** Ensures that the configured endpoint exists exactly once, with this address and secret. */
export function ensureEndpoint(
  world: World,
  wanted: { url: string; secret: string; apiVersion: string },
): void {
  const known = webhookEndpoints(world).all();
  const same = known.find((endpoint) => endpoint.description === CONFIGURED);
  if (!same) {
    createEndpoint(world, {
      url: wanted.url,
      enabled_events: ['*'],
      api_version: wanted.apiVersion,
      description: CONFIGURED,
      metadata: {},
      secret: wanted.secret,
    });
    return;
  }
  webhookEndpoints(world).patch(same.id, { url: wanted.url, status: 'enabled', enabled_events: ['*'] });
  endpointSecrets(world).put({ id: same.id, secret: wanted.secret });
}

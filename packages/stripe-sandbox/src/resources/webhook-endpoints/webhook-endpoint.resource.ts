import { invalid, noSuch } from '../../core/errors';
import type { Input } from '../../http/input';
import { paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { NOTHING } from '../../http/parameters';
import { createEndpoint, secretOf, webhookEndpoints, type WebhookEndpointRecord } from './webhook-endpoint';
import * as accepts from './webhook-endpoint.parameters';

export const webhookEndpointResource: Resource = {
  routes: [
    { method: 'POST', path: '/webhook_endpoints', accepts: accepts.CREATE, handle: create },
    {
      method: 'GET',
      path: '/webhook_endpoints',
      accepts: accepts.LIST,
      handle: ({ world, input }) =>
        paginate(webhookEndpoints(world).newestFirst(), input, '/v1/webhook_endpoints'),
    },
    { method: 'GET', path: '/webhook_endpoints/:id', accepts: NOTHING, handle: getEndpoint },
    { method: 'POST', path: '/webhook_endpoints/:id', accepts: accepts.UPDATE, handle: update },
    {
      method: 'DELETE',
      path: '/webhook_endpoints/:id',
      accepts: NOTHING,
      handle: (call) => {
        const { id } = getEndpoint(call);
        webhookEndpoints(call.world).remove(id);
        return { id, object: 'webhook_endpoint', deleted: true };
      },
    },
  ],
};

function getEndpoint({ world, part }: Call): WebhookEndpointRecord {
  const endpoint = webhookEndpoints(world).find(part('id'));
  if (!endpoint) throw noSuch('webhook endpoint', part('id'));
  return endpoint;
}

function create({ world, input }: Call): object {
  const enabled_events = input.texts('enabled_events');
  if (enabled_events.length === 0) throw invalid('Missing required param: enabled_events.', 'enabled_events');
  const endpoint = createEndpoint(world, {
    url: checkedUrl(input) ?? input.requiredText('url'),
    enabled_events,
    api_version: input.text('api_version') ?? null,
    description: input.text('description') ?? null,
    metadata: input.metadata(),
  });
  return { ...endpoint, secret: secretOf(world, endpoint.id) };
}

function update(call: Call): object {
  const { world, input } = call;
  const endpoint = getEndpoint(call);
  const disabled = input.flag('disabled');
  return webhookEndpoints(world).patch(endpoint.id, {
    url: checkedUrl(input) ?? endpoint.url,
    enabled_events: input.has('enabled_events') ? input.texts('enabled_events') : endpoint.enabled_events,
    description: input.has('description') ? (input.text('description') ?? null) : endpoint.description,
    metadata: input.metadata(endpoint.metadata),
    status: disabled === undefined ? endpoint.status : disabled ? 'disabled' : 'enabled',
  });
}

function checkedUrl(input: Input): string | undefined {
  const url = input.text('url');
  if (url !== undefined && !/^https?:\/\/\S+$/.test(url))
    throw invalid('Invalid URL: must start with http', 'url');
  return url;
}

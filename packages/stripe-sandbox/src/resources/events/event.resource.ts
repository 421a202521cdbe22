import { noSuch } from '../../core/errors';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { NOTHING } from '../../http/parameters';
import { type EventRecord, events } from './event';
import * as accepts from './event.parameters';

/** Where an event is resent: one endpoint, all subscribed endpoints, or `stripe listen`. */
export interface ResendTarget {
  endpoint: string | undefined;
  stripeCli: boolean;
}

export type Resend = (event: EventRecord, to: ResendTarget) => void;

export function eventResource(resend: Resend): Resource {
  return {
    routes: [
      { method: 'GET', path: '/events', accepts: accepts.LIST, handle: list },
      { method: 'GET', path: '/events/:id', accepts: NOTHING, handle: (call) => getEvent(call) },
      {
        method: 'POST',
        path: '/events/:id/retry',
        accepts: accepts.RETRY,
        handle: (call) => {
          const event = getEvent(call);
          const stripeCli = call.input.flag('for_stripecli') ?? false;
          resend(event, { endpoint: call.input.text('webhook_endpoint'), stripeCli });
          return event;
        },
      },
    ],
  };
}

function getEvent({ world, part }: Call): EventRecord {
  const event = events(world).find(part('id'));
  if (!event) throw noSuch('event', part('id'));
  return event;
}

function list({ world, input }: Call): object {
  const type = input.text('type');
  const types = input.texts('types');
  const delivered = input.flag('delivery_success');
  const isInRange = createdFilter(input);
  const wanted = events(world)
    .newestFirst()
    .filter((event) => isInRange(event) && isWanted(event.type, type === undefined ? types : [type]))
    .filter((event) => delivered === undefined || (event.pending_webhooks === 0) === delivered);
  return paginate(wanted, input, '/v1/events');
}

/** `invoice.*` covers every type that starts with `invoice.`; an empty list wants everything. */
export function isWanted(type: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === type ||
      (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  );
}

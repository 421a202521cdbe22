import type { RecordedEvent } from '../../core/journal';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';

export const API_VERSION = '2026-10-28.endive';

export interface EventRecord {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

export const events = defineCollection<EventRecord>('events');

/** Files an event as it is at this moment; `receivers` endpoints have yet to accept it. */
export function fileEvent(world: World, recorded: RecordedEvent, receivers: number): EventRecord {
  return events(world).put({
    id: recorded.id,
    object: 'event',
    api_version: API_VERSION,
    created: world.clock.now(),
    data: {
      object: recorded.object,
      ...(recorded.previous ? { previous_attributes: recorded.previous } : {}),
    },
    livemode: false,
    pending_webhooks: receivers,
    request: recorded.cause,
    type: recorded.type,
  });
}

/** One more endpoint accepted the event. */
export function acknowledgeEvent(world: World, eventId: string): void {
  const event = events(world).find(eventId);
  if (event) events(world).patch(eventId, { pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
}

/** The body of a delivery: pretty-printed with two spaces, as Stripe sends it. */
export function eventBody(event: EventRecord): string {
  return JSON.stringify(event, null, 2);
}

/** The newest event of a type about an object; looks only at recent ones. */
export function findEventAbout(world: World, type: string, objectId: string): EventRecord | undefined {
  return events(world)
    .newestFirst()
    .find((event) => event.type === type && (event.data.object as { id?: string }).id === objectId);
}

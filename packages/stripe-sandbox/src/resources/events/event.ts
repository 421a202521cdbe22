import type { RecordedEvent } from '../../core/journal';
import { defineCollection } from '../../core/store';
import { API_VERSION } from '../../core/version';
import type { World } from '../../core/world';

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

const LIFETIME = 30 * 86_400;
/** Keep the newest events even when a clock jump makes them old. */
const ALWAYS_KEPT = 10_000;

/** Stores an event; `receivers` endpoints have not accepted it yet. */
export function fileEvent(world: World, recorded: RecordedEvent, receivers: number): EventRecord {
  return events(world).put({
    id: recorded.id,
    object: 'event',
    api_version: API_VERSION,
    // Events get the present time, also when they concern a test clock.
    created: timeOf(world),
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

function timeOf({ clock }: World): number {
  return clock.owner === null ? clock.now() : clock.presentNow();
}

/**
 * Forgets events of more than 30 days ago, as Stripe's API does, so that the state of a sandbox that runs for years stays
 * small; not those that are still on their way to an endpoint.
 */
export function pruneEvents(world: World, isUnderWay: (eventId: string) => boolean): void {
  const oldest = timeOf(world) - LIFETIME;
  events(world).prune(ALWAYS_KEPT, ({ id, created }) => created < oldest && !isUnderWay(id));
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

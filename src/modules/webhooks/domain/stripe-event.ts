/** What we read of an event before it is stored; everything else stays in the payload. */
export interface EventEnvelope {
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string | null;
  readonly livemode: boolean;
  readonly createdAt: Date;
  /** The customer it is about, if any: the unit of work. */
  readonly customerId: string | null;
  readonly objectId: string | null;
  /** An event of Stripe's v2 API: it names its object and does not carry it. */
  readonly thin?: true;
}

export type IgnoreReason = 'thin_event' | 'type_not_handled' | 'no_customer' | 'livemode_mismatch';

/** What the events of a type mean here; `effect`: the worker finds the customer when the object names none. */
export type EventHandling = 'none' | 'sync_only' | 'effect';

/** Why an event needs no work. Undefined: it needs work. The payload's claims do not matter. */
export function findReasonToIgnore(
  event: EventEnvelope,
  livemode: boolean,
  handling: EventHandling,
): IgnoreReason | undefined {
  if (event.thin) return 'thin_event';
  if (event.livemode !== livemode) return 'livemode_mismatch';
  if (handling === 'none') return 'type_not_handled';
  return hasCustomer(event, handling) ? undefined : 'no_customer';
}

/** True when the event names its customer, or names an object whose customer the worker can find. */
export function hasCustomer(
  { customerId, objectId }: Pick<EventEnvelope, 'customerId' | 'objectId'>,
  handling: EventHandling,
): boolean {
  return customerId !== null || (handling === 'effect' && objectId !== null);
}

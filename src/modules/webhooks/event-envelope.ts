import { z } from 'zod';
import type { EventEnvelope } from './domain/stripe-event';

// PostgreSQL text cannot hold NUL, and no id of Stripe's has one.
const text = z
  .string()
  .max(255)
  .regex(/^[^\0]*$/);
const reference = z.union([text, z.object({ id: text }).transform(({ id }) => id)]);
/** Seconds up to the year 9999. */
const seconds = z.number().int().min(0).max(253_402_300_799);

const envelopeSchema = z.object({
  id: text.min(1),
  object: z.literal('event'),
  type: text.min(1),
  api_version: text.nullish(),
  livemode: z.boolean(),
  created: seconds,
  data: z.object({
    previous_attributes: z.looseObject({ customer: reference.nullish() }).nullish(),
    object: z.looseObject({
      id: text.nullish(),
      object: z.string(),
      customer: reference.nullish(),
    }),
  }),
});

/** https://docs.stripe.com/api/v2/core/events/object */
const thinSchema = z.object({
  id: text.min(1),
  object: z.literal('v2.core.event'),
  type: text.min(1),
  livemode: z.boolean(),
  created: z.iso.datetime({ offset: true }),
  related_object: z.looseObject({ id: text.nullish() }).nullish(),
});

/**
 * Reads the few fields we need; undefined when the text is not a Stripe event at all. Reads any API version: the ids of
 * the object and of its customer have been in the same places since 2023-10-16. Everything else is fetched from Stripe.
 */
export function parseEventEnvelope(payload: string): EventEnvelope | undefined {
  const json = parseJson(payload);
  const snapshot = envelopeSchema.safeParse(json);
  if (snapshot.success) return readSnapshot(snapshot.data);
  const thin = thinSchema.safeParse(json);
  return thin.success ? readThin(thin.data) : undefined;
}

function readThin({
  id,
  type,
  livemode,
  created,
  related_object,
}: z.infer<typeof thinSchema>): EventEnvelope {
  const objectId = related_object?.id ?? null;
  return {
    id,
    type,
    apiVersion: null,
    livemode,
    createdAt: new Date(created),
    customerId: null,
    objectId,
    thin: true,
  };
}

function readSnapshot(event: z.infer<typeof envelopeSchema>): EventEnvelope {
  const { id, type, api_version, livemode, created, data } = event;
  const { object, previous_attributes: previous } = data;
  return {
    id,
    type,
    apiVersion: api_version ?? null,
    livemode,
    createdAt: new Date(created * 1000),
    // A payment method names its customer only in what it was before it was detached.
    customerId: (object.object === 'customer' ? object.id : object.customer) ?? previous?.customer ?? null,
    objectId: object.id ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

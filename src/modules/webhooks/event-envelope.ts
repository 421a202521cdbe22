import { z } from 'zod';
import type { EventEnvelope } from './domain/stripe-event';

const reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);

const envelopeSchema = z.object({
  id: z.string().min(1).max(255),
  object: z.literal('event'),
  type: z.string().min(1).max(255),
  api_version: z.string().nullish(),
  livemode: z.boolean(),
  created: z.number().int(),
  data: z.object({
    object: z.looseObject({
      id: z.string().nullish(),
      object: z.string(),
      customer: reference.nullish(),
    }),
  }),
});

/** Reads the few fields we need; undefined when the text is not a Stripe event at all. Reads any API version. */
export function parseEventEnvelope(payload: string): EventEnvelope | undefined {
  const parsed = envelopeSchema.safeParse(parseJson(payload));
  if (!parsed.success) return undefined;
  const { id, type, api_version, livemode, created, data } = parsed.data;
  const { object } = data;
  return {
    id,
    type,
    apiVersion: api_version ?? null,
    livemode,
    createdAt: new Date(created * 1000),
    customerId: (object.object === 'customer' ? object.id : object.customer) ?? null,
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

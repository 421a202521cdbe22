import { invalid } from '../core/errors';
import { type ApiFaults, NO_API_FAULTS } from '../http/api-faults';
import type { DeliveryFaults } from '../webhooks/faults';

/** Merges the given delivery faults into the current ones. */
export function readDeliveryFaults(body: Record<string, unknown>, current: DeliveryFaults): DeliveryFaults {
  return {
    drop: share(body, 'drop', current.drop),
    duplicate: share(body, 'duplicate', current.duplicate),
    reorder: share(body, 'reorder', current.reorder),
    corrupt: share(body, 'corrupt', current.corrupt),
    delay_ms: count(body, 'delay_ms') ?? current.delay_ms,
    seed: count(body, 'seed') ?? current.seed,
  };
}

/** The API faults replace the current ones; null or `{}` switches them off. */
export function readApiFaults(value: unknown): ApiFaults {
  if (value === null) return NO_API_FAULTS;
  if (typeof value !== 'object') throw invalid('api must be an object', 'api');
  const body = value as Record<string, unknown>;
  const { match } = body;
  return {
    slow_ms: count(body, 'slow_ms') ?? 0,
    status: count(body, 'status') ?? null,
    cut: body['cut'] === true,
    drop_reply: body['drop_reply'] === true,
    match: typeof match === 'string' ? match : null,
    times: count(body, 'times') ?? null,
    share: share(body, 'share', 1),
    seed: count(body, 'seed') ?? 1,
  };
}

/** A probability; `true` means always, `false` never. */
function share(body: Record<string, unknown>, name: string, fallback: number): number {
  const value = body[name];
  if (value === undefined) return fallback;
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= 0 && number <= 1))
    throw invalid(`${name} is between 0 and 1`, name);
  return number;
}

function count(body: Record<string, unknown>, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw invalid(`${name} must be a whole number`, name);
  }
  return value;
}

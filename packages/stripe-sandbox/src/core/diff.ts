import { isDeepStrictEqual } from 'node:util';

type Fields = Record<string, unknown>;

/**
 * `previous_attributes` of an update event: the former values of what changed. Plain objects are compared field by
 * field (a field that did not exist before is null), lists and scalars as a whole.
 */
export function previousAttributes(before: object, after: object): Fields {
  const previous: Fields = {};
  for (const key of Object.keys({ ...before, ...after })) {
    const was = (before as Fields)[key];
    const is = (after as Fields)[key];
    if (isDeepStrictEqual(was, is)) continue;
    previous[key] = isPlain(was) && isPlain(is) ? previousAttributes(was, is) : (was ?? null);
  }
  return previous;
}

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

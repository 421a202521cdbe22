const LONGEST_TEXT = 280;
const LONGEST_LIST = 3;

/** Origins of this run, and what stands for them in documents. */
export type Origins = ReadonlyMap<string, string>;

const TOKENS: ReadonlyMap<string, string> = new Map([
  ['client_secret', 'kept where only you see it'],
  ['access_token', 'eyJ…'],
  ['refresh_token', 'jC9O…'],
]);

/** A recorded value as it is shown in documents: no token, no origin of this machine, nothing long. */
export function toExample(value: unknown, origins: Origins): unknown {
  if (typeof value === 'string') return shorten(value, origins);
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map((one) => toExample(one, origins));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, TOKENS.get(key) ?? toExample(one, origins)]),
  );
}

function shorten(text: string, origins: Origins): string {
  if (text.startsWith('eyJ')) return 'eyJ…';
  let shown = text.replaceAll(/(student|operator)-[0-9a-f]+@example\.test/g, '$1@example.com');
  for (const [origin, name] of origins) shown = shown.replaceAll(origin, name);
  return shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}…` : shown;
}

/** Every member with its type, such as `chapters[].title: string`: what stays the same when only the content changes. */
export function shapeOf(value: unknown, path = ''): ReadonlySet<string> {
  if (Array.isArray(value)) return union(value.map((one) => shapeOf(one, `${path}[]`)));
  if (typeof value === 'object' && value !== null) {
    return union(Object.entries(value).map(([key, one]) => shapeOf(one, `${path}.${key}`)));
  }
  return new Set([`${path}: ${typeof value}`]);
}

const union = (sets: readonly ReadonlySet<string>[]) => new Set(sets.flatMap((one) => [...one]));

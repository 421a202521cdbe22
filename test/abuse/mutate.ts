import fc, { type Arbitrary } from 'fast-check';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from './hostile';

type Path = readonly (string | number)[];

const EXTRA_MEMBERS = [
  'extra',
  'role',
  'is_premium',
  'user_id',
  'id',
  '__proto__',
  'constructor',
  'toString',
  '',
];

/** Every place in a value, the root first. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Object.entries(value).flatMap(([key, child]) => placesOf(child, [...path, key]));
  return [path, ...children];
}

/** A copy with one place changed; `change` gives undefined to leave the member out. */
function changeAt(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const changed = changeAt((value as Record<string, unknown>)[key], rest, change);
  // defineProperty, so that a member may be called __proto__.
  Object.defineProperty(copy, key, { value: changed, enumerable: true, configurable: true, writable: true });
  return copy;
}

function addMember(value: unknown, [name, extra]: readonly [string, unknown]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [value];
  return changeAt(value, [name], () => extra);
}

function stretch(value: unknown): unknown {
  if (typeof value === 'string') return value.repeat(300) || ' '.repeat(300);
  if (typeof value === 'number') return value * 1e6 + 0.5;
  return [value];
}

const CHANGES: Arbitrary<(old: unknown) => unknown> = fc.oneof(
  fc.constant(() => undefined),
  fc.constantFrom(...HOSTILE_VALUES).map((value) => () => value),
  fc.constantFrom(...HOSTILE_TEXTS).map((text) => () => text),
  fc.constant((old: unknown) => [old]),
  fc.constant((old: unknown) => ({ value: old })),
  fc.constant((old: unknown) => JSON.stringify(old)),
  fc.constant(stretch),
  fc
    .tuple(fc.constantFrom(...EXTRA_MEMBERS), fc.constantFrom<unknown>('x', 1, true, null, { a: 1 }))
    .map((member) => (old: unknown) => addMember(old, member)),
);

/** The value with exactly one thing wrong, or at least unusual. */
export const nearlyValid = (valid: Arbitrary<unknown>): Arbitrary<unknown> =>
  fc.tuple(valid, fc.nat(), CHANGES).map(([value, place, change]) => {
    const places = placesOf(value);
    return changeAt(value, places[place % places.length] ?? [], change);
  });

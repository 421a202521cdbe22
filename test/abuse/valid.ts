import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from '../support/openapi-schemas';

/** Real ids of the running system, by the name of the member or parameter that takes them. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

const asList = (value: unknown): Schema[] => (Array.isArray(value) ? (value as Schema[]) : []);
const asNumber = (value: unknown, fallback: number) => (typeof value === 'number' ? value : fallback);

/** Values that the schema accepts; members with a known name mostly take a value that really exists. */
export function validValue(schema: Schema, known: Known, name = ''): Arbitrary<unknown> {
  const plain = bySchema(schema, known, name);
  const real = known[name];
  return real === undefined || real.length === 0
    ? plain
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...real) }, { weight: 1, arbitrary: plain });
}

function bySchema(schema: Schema, known: Known, name: string): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const choices = [...asList(schema['anyOf']), ...asList(schema['oneOf'])];
  if (choices.length > 0) return fc.oneof(...choices.map((choice) => validValue(choice, known, name)));
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, known);
    case 'array':
      return fc.array(validValue((schema['items'] ?? {}) as Schema, known, name), {
        maxLength: Math.min(4, asNumber(schema['maxItems'], 4)),
      });
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.maxSafeInteger().map((value) => clamp(value, schema));
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => clamp(value, schema));
    case 'string':
      return textOf(schema);
    default:
      return fc.jsonValue();
  }
}

function clamp(value: number, schema: Schema): number {
  const low = asNumber(schema['minimum'], Number.MIN_SAFE_INTEGER);
  const high = asNumber(schema['maximum'], Number.MAX_SAFE_INTEGER);
  // Spread over the range instead of piling up at its ends.
  return value < low || value > high ? low + (Math.abs(value) % Math.max(1, high - low + 1)) : value;
}

function objectOf(schema: Schema, known: Known): Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const named = fc.record(
    Object.fromEntries(properties.map(([name, one]) => [name, validValue(one, known, name)])),
    { requiredKeys: (schema['required'] ?? []) as string[] },
  );
  const further = schema['additionalProperties'];
  if (typeof further !== 'object' || further === null) return named;
  const keys = (known['question_id'] ?? ['key']).map(String);
  const more = fc.dictionary(fc.constantFrom(...keys), validValue(further as Schema, known), { maxKeys: 12 });
  return fc.tuple(named, more).map(([own, extra]) => ({ ...extra, ...own }));
}

function textOf(schema: Schema): Arbitrary<string> {
  const minLength = asNumber(schema['minLength'], 0);
  const maxLength = asNumber(schema['maxLength'], 60);
  const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : undefined;
  const fits = (text: string) => pattern === undefined || pattern.test(text);
  const free = fc
    .oneof(
      fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: 'grapheme' }),
      fc.string({ minLength, maxLength: Math.min(maxLength, 60) }),
      fc.constant('x'.repeat(maxLength)),
    )
    .filter(fits);
  switch (schema['format']) {
    case 'email':
      return fc.nat({ max: 99_999 }).map((number) => `abuse-${number}@example.test`);
    case 'uuid':
      return fc.uuid({ version: 4 });
    case 'date-time':
      return fc
        .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString());
    case 'date':
      return fc.constantFrom('2026-01-01', '2030-12-31');
    case 'uri':
      return fc.constantFrom('https://chatgpt.com/', 'https://chatgpt.com/c/1', 'https://evil.example/');
    default:
      return pattern === undefined || fits('abc def') ? free : matching(pattern);
  }
}

function matching(pattern: RegExp): Arbitrary<string> {
  try {
    return fc.stringMatching(pattern);
  } catch {
    // Unicode classes are beyond fast-check: words then, some of which fit.
    return fc.constantFrom(
      'abc',
      'cus_abc',
      'charge.refunded',
      'ada@example.test',
      '2026-01-01T00:00:00.000Z',
    );
  }
}

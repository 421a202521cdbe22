/** What a recording says of a field: nothing, a truth, a number, or a word such as `=active`, `text`, `url`, `time`. */
export type Fact = string | number | boolean | null;
export type Facts = Record<string, Fact>;

export interface TypedObject {
  /** Where it is in the answer; `.` is the answer itself. */
  readonly at: string;
  readonly type: string;
  readonly facts: Facts;
}

/** Fields whose text is free even where it looks like a word of an enum. */
const FREE_TEXT = new Set(
  (
    'id name description email nickname lookup_key product price plan customer coupon receipt_email ' +
    'customer_email customer_name fingerprint account_name number invoice_prefix reference'
  ).split(' '),
);
/** Numbers that differ from account to account. */
const ANY_NUMBER = new Set([
  'times_redeemed',
  'exp_month',
  'exp_year',
  'risk_score',
  'next_invoice_sequence',
]);
const WORD = /^[a-z][a-z0-9_]*$/;
const OLDEST_TIME = 1e9;

/** Divides an answer into its objects (`object: "…"`), each with one fact a field. */
export function objectsIn(answer: Record<string, unknown>, at = '.'): TypedObject[] {
  const nested: TypedObject[] = [];
  const facts: Facts = {};
  const visit = (key: string, value: unknown, path: string): void => {
    if (value === null || typeof value !== 'object') {
      facts[path] = scalar(key, value);
    } else if (key === 'metadata') {
      facts[path] = 'map';
    } else if (Array.isArray(value)) {
      facts[path] = list(value);
      if (typeof value[0] === 'object') value.forEach((entry, i) => visit('', entry, `${path}.${i}`));
    } else if ('object' in value && typeof value.object === 'string' && value.object !== 'list') {
      facts[path] = `object ${value.object}`;
      nested.push(...objectsIn(value as Record<string, unknown>, at === '.' ? path : `${at}.${path}`));
    } else {
      const entries = Object.entries(value);
      if (entries.length === 0) facts[path] = 'map';
      for (const [name, entry] of entries) visit(name, entry, `${path}.${name}`);
    }
  };
  for (const [name, entry] of Object.entries(answer)) if (name !== 'object') visit(name, entry, name);
  return [{ at, type: String(answer['object']), facts }, ...nested];
}

function list(values: readonly unknown[]): Fact {
  if (values.length === 0) return 'empty list';
  if (typeof values[0] === 'object') return `list of ${values.length}`;
  return values.length > 1 ? 'list' : `list ${String(scalar('', values[0]))}`;
}

function scalar(key: string, value: unknown): Fact {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Math.abs(value) >= OLDEST_TIME) return 'time';
    return ANY_NUMBER.has(key) ? 'number' : value;
  }
  const text = String(value);
  if (text.startsWith('http')) return 'url';
  return !FREE_TEXT.has(key) && WORD.test(text) ? `=${text}` : 'text';
}

import { invalid } from '../core/errors';
import type { FormMap, FormValue } from './form';

/** What a route does with the parameters it is sent; names are separated by spaces. */
export interface Rulings {
  /** The SDK's type of these parameters; `parameters.spec.ts` proves that the table rules on each of its fields. */
  type?: string;
  /** Has its effect. */
  used?: string;
  /** Accepted without an effect, because it changes neither money nor state nor what is shown. */
  ignored?: string;
  /** Stripe knows it and it would matter, but the sandbox cannot do it: refused, so that nobody relies on it. */
  unsupported?: string;
  /** Only these values, which say what the sandbox does anyway. */
  only?: Readonly<Record<string, string>>;
  /** Maps and lists of maps, with tables of their own. */
  nested?: Readonly<Record<string, ParameterTable>>;
}

type Ruling = 'used' | 'ignored' | 'unsupported' | ReadonlySet<string> | ParameterTable;

interface Refusal {
  path: string;
  kind: 'unknown' | 'unsupported';
}

/** The parameters of one route, or of one map in them. */
export class ParameterTable {
  readonly type: string | undefined;
  private readonly rulings = new Map<string, Ruling>();

  constructor({ type, only = {}, nested = {}, ...lists }: Rulings) {
    this.type = type;
    for (const ruling of ['used', 'ignored', 'unsupported'] as const) {
      for (const name of words(lists[ruling] ?? '')) this.rulings.set(name, ruling);
    }
    for (const [name, values] of Object.entries(only)) this.rulings.set(name, new Set(words(values)));
    for (const [name, table] of Object.entries(nested)) this.rulings.set(name, table);
  }

  /** Names it rules on, with the table of those that are maps. */
  entries(): Array<[string, ParameterTable | undefined]> {
    return [...this.rulings].map(([name, ruling]) => [
      name,
      ruling instanceof ParameterTable ? ruling : undefined,
    ]);
  }

  /** Throws 400 for parameters that the API does not know, in Stripe's words, and for those the sandbox cannot do. */
  check(values: FormMap): void {
    const refusals = this.refusals(values, '');
    const unknown = refusals.filter(({ kind }) => kind === 'unknown').map(({ path }) => path);
    if (unknown.length > 0) {
      const s = unknown.length > 1 ? 's' : '';
      throw invalid(`Received unknown parameter${s}: ${unknown.join(', ')}`, unknown[0], 'parameter_unknown');
    }
    const [first] = refusals;
    if (first) throw invalid(`The sandbox does not support ${first.path} (see its README).`, first.path);
  }

  private refusals(values: FormMap, prefix: string): Refusal[] {
    return Object.entries(values).flatMap(([name, value]) => {
      if (prefix === '' && name === 'expand') return [];
      const path = prefix === '' ? name : `${prefix}[${name}]`;
      return this.judge(this.rulings.get(name), value, path);
    });
  }

  private judge(ruling: Ruling | undefined, value: FormValue, path: string): Refusal[] {
    if (ruling === undefined) return [{ path, kind: 'unknown' }];
    if (ruling === 'used' || ruling === 'ignored') return [];
    if (ruling instanceof ParameterTable) return mapsIn(value, path).flatMap((at) => ruling.refusals(...at));
    const isPossible = ruling !== 'unsupported' && typeof value === 'string' && ruling.has(value);
    return isPossible ? [] : [{ path, kind: 'unsupported' }];
  }
}

/** The maps in a value; text (to unset, or `now`) and lists of text have none. */
function mapsIn(value: FormValue, path: string): Array<[FormMap, string]> {
  if (typeof value === 'string') return [];
  if (Array.isArray(value)) return value.flatMap((entry, i) => mapsIn(entry, `${path}[${i}]`));
  return [[value, path]];
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

export function parameters(rulings: Rulings): ParameterTable {
  return new ParameterTable(rulings);
}

/** Nothing but `expand`. */
export const NOTHING = parameters({});

export const PAGE = 'ending_before limit starting_after';
export const PERIOD = parameters({ used: 'end start' });
export const RANGE = parameters({ used: 'gt gte lt lte' });
export const ADDRESS = parameters({ used: 'city country line1 line2 postal_code state' });
export const SHIPPING = parameters({
  used: 'name phone carrier tracking_number',
  nested: { address: ADDRESS },
});

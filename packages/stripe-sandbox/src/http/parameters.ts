import { invalid } from '../core/errors';
import type { FormMap, FormValue } from './form';

/** How a route treats each parameter; names are separated by spaces. */
export interface ParameterRules {
  /** The SDK's type of these parameters; `parameters.spec.ts` proves that the table has a rule for each field. */
  type?: string;
  /** Supported. */
  used?: string;
  /** Accepted without an effect, because it changes neither money nor state nor what is shown. */
  ignored?: string;
  /** Known to Stripe but not supported here; refused, so that no caller relies on it. */
  unsupported?: string;
  /** Only these values are accepted; they match what the sandbox does. */
  only?: Readonly<Record<string, string>>;
  /** Supported for callers of older versions and for callers that declare none; unknown to the current version. */
  legacy?: string;
  /** Values of older versions. */
  legacyOnly?: Readonly<Record<string, string>>;
  /** Maps and lists of maps, each with its own table. */
  nested?: Readonly<Record<string, ParameterTable>>;
}

type Rule = 'used' | 'legacy' | 'ignored' | 'unsupported' | ReadonlySet<string> | ParameterTable;

interface Place {
  prefix: string;
  isCurrent: boolean;
}

interface Refusal {
  path: string;
  kind: 'unknown' | 'unsupported';
}

/** The parameters of one route, or of one map in them. */
export class ParameterTable {
  readonly type: string | undefined;
  private readonly rules = new Map<string, Rule>();

  private readonly older: ReadonlyMap<string, ReadonlySet<string>>;

  constructor({ type, only = {}, legacyOnly = {}, nested = {}, ...lists }: ParameterRules) {
    this.type = type;
    this.older = new Map(Object.entries(legacyOnly).map(([name, values]) => [name, new Set(words(values))]));
    for (const rule of ['used', 'legacy', 'ignored', 'unsupported'] as const) {
      for (const name of words(lists[rule] ?? '')) this.rules.set(name, rule);
    }
    for (const [name, values] of Object.entries(only)) this.rules.set(name, new Set(words(values)));
    for (const [name, table] of Object.entries(nested)) this.rules.set(name, table);
  }

  /** The parameters with a rule, with the table of those that are maps. */
  entries(): Array<[string, ParameterTable | undefined]> {
    const current = [...this.rules].filter(([, rule]) => rule !== 'legacy');
    return current.map(([name, rule]) => [name, rule instanceof ParameterTable ? rule : undefined]);
  }

  /** The names, with their path, that are accepted without an effect. */
  ignored(prefix = ''): string[] {
    return [...this.rules].flatMap(([name, rule]) => {
      if (rule instanceof ParameterTable) return rule.ignored(`${prefix}${name}.`);
      return rule === 'ignored' ? [`${prefix}${name}`] : [];
    });
  }

  /** Throws 400 for parameters that the API does not know, in Stripe's words, and for those the sandbox cannot do. */
  check(values: FormMap, isCurrent = true): void {
    const refusals = this.refusals(values, { prefix: '', isCurrent });
    const unknown = refusals.filter(({ kind }) => kind === 'unknown').map(({ path }) => path);
    if (unknown.length > 0) {
      const s = unknown.length > 1 ? 's' : '';
      throw invalid(`Received unknown parameter${s}: ${unknown.join(', ')}`, unknown[0], 'parameter_unknown');
    }
    const [first] = refusals;
    if (first) throw invalid(`The sandbox does not support ${first.path} (see its README).`, first.path);
  }

  private refusals(values: FormMap, { prefix, isCurrent }: Place): Refusal[] {
    return Object.entries(values).flatMap(([name, value]) => {
      if (prefix === '' && name === 'expand') return [];
      const path = prefix === '' ? name : `${prefix}[${name}]`;
      if (!isCurrent && typeof value === 'string' && this.older.get(name)?.has(value)) return [];
      return this.checkRule(this.rules.get(name), value, { prefix: path, isCurrent });
    });
  }

  private checkRule(rule: Rule | undefined, value: FormValue, place: Place): Refusal[] {
    const path = place.prefix;
    if (rule === 'legacy' && !place.isCurrent) return [];
    if (rule === undefined || rule === 'legacy') return [{ path, kind: 'unknown' }];
    if (rule === 'used' || rule === 'ignored') return [];
    if (rule instanceof ParameterTable)
      return mapsIn(value, path).flatMap(([map, prefix]) => rule.refusals(map, { ...place, prefix }));
    const isPossible = rule !== 'unsupported' && typeof value === 'string' && rule.has(value);
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

export function parameters(rules: ParameterRules): ParameterTable {
  return new ParameterTable(rules);
}

/** No parameters except `expand`. */
export const NOTHING = parameters({});

export const PAGE = 'ending_before limit starting_after';
export const PERIOD = parameters({ used: 'end start' });
export const RANGE = parameters({ used: 'gt gte lt lte' });
export const ADDRESS = parameters({ used: 'city country line1 line2 postal_code state' });
export const SHIPPING = parameters({
  used: 'name phone carrier tracking_number',
  nested: { address: ADDRESS },
});

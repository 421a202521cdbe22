import { invalid } from '../core/errors';
import type { World } from '../core/world';

type Fields = Record<string, unknown>;

/** Gives a field that is absent until expanded, e.g. `line_items` of a Checkout Session. */
export type Includable = (world: World, owner: Fields) => unknown;

const DEEPEST = 4;

/** Knows the includable fields by `object.field`; resources register theirs. */
export class Expander {
  constructor(private readonly includables: ReadonlyMap<string, Includable>) {}

  /** A copy of `answer` in which the named paths hold objects instead of ids. The stored records stay untouched. */
  expand(world: World, answer: object, paths: readonly string[]): object {
    let result = answer as Fields;
    for (const path of paths) {
      const steps = path.split('.');
      if (steps.filter((step) => step !== 'data').length > DEEPEST) {
        throw invalid(`You cannot expand more than ${DEEPEST} levels of a property`, 'expand');
      }
      result = this.walk({ world, path }, result, steps) as Fields;
    }
    return result;
  }

  private walk(trip: Trip, node: unknown, steps: string[]): unknown {
    const [step, ...rest] = steps;
    if (step === undefined || node === null || node === undefined) return node;
    if (Array.isArray(node)) return node.map((entry) => this.walk(trip, entry, steps));
    if (typeof node !== 'object') return node;
    const fields = node as Fields;
    return { ...fields, [step]: this.walk(trip, this.valueOf(trip, fields, step), rest) };
  }

  private valueOf({ world, path }: Trip, owner: Fields, field: string): unknown {
    const value = owner[field];
    if (value === undefined) {
      const includable = this.includables.get(`${String(owner['object'])}.${field}`);
      if (includable) return includable(world, owner);
      throw invalid(`This property cannot be expanded (${field}). (path: ${path})`, 'expand');
    }
    const find = (id: unknown) => (typeof id === 'string' ? (world.store.findAnywhere(id) ?? id) : id);
    return Array.isArray(value) ? value.map(find) : find(value);
  }
}

interface Trip {
  world: World;
  path: string;
}

import { invalid } from '../core/errors';
import type { World } from '../core/world';

type Fields = Record<string, unknown>;

/** Gives a field that is absent until expanded, e.g. `line_items` of a Checkout Session. */
export type Includable = (world: World, owner: Fields) => unknown;

const DEEPEST = 4;

/** Knows the includable fields by `object.field`; rooms register theirs. */
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
      result = this.walk(world, result, steps, path) as Fields;
    }
    return result;
  }

  private walk(world: World, node: unknown, steps: string[], path: string): unknown {
    const [step, ...rest] = steps;
    if (step === undefined || node === null || node === undefined) return node;
    if (Array.isArray(node)) return node.map((entry) => this.walk(world, entry, steps, path));
    if (typeof node !== 'object') return node;
    const fields = node as Fields;
    const value = this.valueOf(world, fields, step, path);
    return { ...fields, [step]: this.walk(world, value, rest, path) };
  }

  private valueOf(world: World, owner: Fields, field: string, path: string): unknown {
    const includable = this.includables.get(`${String(owner['object'])}.${field}`);
    const value = owner[field];
    if (value === undefined && includable) return includable(world, owner);
    if (value === undefined) {
      throw invalid(`This property cannot be expanded (${field}). (path: ${path})`, 'expand');
    }
    if (typeof value === 'string') return world.store.findAnywhere(value) ?? value;
    if (Array.isArray(value)) {
      return value.map((entry) =>
        typeof entry === 'string' ? (world.store.findAnywhere(entry) ?? entry) : entry,
      );
    }
    return value;
  }
}

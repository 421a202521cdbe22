import type { World } from '../core/world';
import type { Input } from './input';
import type { ParameterTable } from './parameters';

/** One call of the API as a resource sees it. */
export interface Call {
  readonly world: World;
  readonly input: Input;
  /** The `Stripe-Version` header, if any. */
  readonly version: string | undefined;
  /** A part of the path, e.g. `id`. */
  part(name: string): string;
}

/** A path below `/v1` and what answers it. Handlers are synchronous: one call is one atomic change. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Parameters that the route accepts. */
  accepts: ParameterTable;
  handle(call: Call): object;
}

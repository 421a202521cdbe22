import type { World } from '../core/world';
import type { Includable } from './expand';
import type { Route } from './route';

/** The routes, expandable fields and scheduled work of one API resource. */
export interface Resource {
  routes: readonly Route[];
  /** Fields that appear only when expanded, by `object.field`. */
  includables?: Readonly<Record<string, Includable>>;
  /** Called once per sandbox: registers the resource's scheduled work. */
  start?(world: World): void;
}

import type { Resource } from '../../http/resource';
import { startPruning } from './history';

/** Has no routes; it only prunes old history. */
export const historyResource: Resource = { routes: [], start: startPruning };

import type { Resource } from '../../http/resource';
import { startForgetting } from './history';

/** Nothing to ask for; it only forgets. */
export const historyResource: Resource = { routes: [], start: startForgetting };

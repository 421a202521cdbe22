import type { Room } from '../../http/room';
import { startForgetting } from './history';

/** Nothing to ask for; it only forgets. */
export const historyRoom: Room = { routes: [], start: startForgetting };

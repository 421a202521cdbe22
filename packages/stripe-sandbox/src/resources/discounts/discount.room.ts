import type { Room } from '../../http/room';
import { discounts, endDiscount } from './discount';

/** Discounts have no address of their own; they end by themselves, and expand inside other objects. */
export const discountRoom: Room = {
  routes: [],
  start: (world) => {
    world.scheduler.on('discount.end', (id) => {
      if (discounts(world).find(id)) endDiscount(world, id);
    });
  },
};

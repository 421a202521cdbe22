import type { Resource } from '../../http/resource';
import { discounts, endDiscount } from './discount';

/** Discounts have no route; they end automatically and expand inside other objects. */
export const discountResource: Resource = {
  routes: [],
  start: (world) => {
    world.scheduler.on('discount.end', (id) => {
      if (discounts(world).find(id)) endDiscount(world, id);
    });
  },
};

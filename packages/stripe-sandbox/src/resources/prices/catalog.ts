import type { Catalog } from '../../catalog';
import type { World } from '../../core/world';
import { createProduct, products } from '../products/product';
import { createPrice, prices } from './price';

/** Creates what a catalogue lists; products and prices that exist already are left as they are. */
export function ensureCatalog(world: World, catalog: Catalog): void {
  for (const { prices: wanted, ...product } of catalog.products) {
    if (!products(world).find(product.id)) createProduct(world, product);
    for (const { interval, interval_count = 1, ...price } of wanted) {
      if (prices(world).find(price.id)) continue;
      createPrice(world, {
        ...price,
        product: product.id,
        ...(interval === undefined ? {} : { recurring: { interval, interval_count } }),
      });
    }
  }
}

import type { World } from '../../core/world';
import { createProduct, products } from '../products/product';
import { createPrice, prices } from './price';

/** The catalogue of the demo: one premium product, monthly and yearly. What exists already is left as it is. */
export function ensurePremiumCatalog(world: World): void {
  if (!products(world).find('prod_premium')) {
    createProduct(world, {
      id: 'prod_premium',
      name: 'Course Companion Premium',
      description: 'Every chapter of the course, with quizzes and progress.',
    });
  }
  const plans = [
    { id: 'price_premium_monthly', unit_amount: 999, interval: 'month', lookup_key: 'premium_monthly' },
    { id: 'price_premium_yearly', unit_amount: 9599, interval: 'year', lookup_key: 'premium_yearly' },
  ] as const;
  for (const { interval, ...plan } of plans) {
    if (prices(world).find(plan.id)) continue;
    createPrice(world, {
      ...plan,
      product: 'prod_premium',
      currency: 'usd',
      recurring: { interval, interval_count: 1 },
    });
  }
}

import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { getProduct, products } from '../products/product';

export interface Recurring {
  interval: Stripe.Price.Recurring['interval'];
  interval_count: number;
}

export type PriceRecord = Omit<Stripe.Price, 'unit_amount' | 'unit_amount_decimal' | 'product'> & {
  product: string;
  unit_amount: number;
  unit_amount_decimal: string;
};

export const prices = defineCollection<PriceRecord>('prices', ['product', 'lookup_key']);

export interface NewPrice {
  id?: string;
  product: string;
  currency: string;
  unit_amount: number;
  recurring?: Recurring | undefined;
  lookup_key?: string | null;
  transfer_lookup_key?: boolean;
  nickname?: string | null;
  active?: boolean | undefined;
  tax_behavior?: 'exclusive' | 'inclusive' | 'unspecified' | undefined;
  metadata?: Record<string, string>;
}

/** Creates a price of an existing product; emits price.created. A lookup key belongs to one price at a time. */
export function createPrice(world: World, wanted: NewPrice): PriceRecord {
  getProduct(world, wanted.product, 'product');
  claimLookupKey(world, wanted.lookup_key ?? null, wanted.transfer_lookup_key ?? false);
  const price = prices(world).put(buildPrice(wanted, world.clock.now()));
  world.journal.emit('price.created', price);
  return price;
}

function buildPrice(wanted: NewPrice, now: number): PriceRecord {
  return {
    id: wanted.id ?? newId('price', 24),
    object: 'price',
    active: wanted.active ?? true,
    billing_scheme: 'per_unit',
    created: now,
    currency: wanted.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: wanted.lookup_key ?? null,
    metadata: wanted.metadata ?? {},
    nickname: wanted.nickname ?? null,
    product: wanted.product,
    recurring: wanted.recurring
      ? { ...wanted.recurring, meter: null, trial_period_days: null, usage_type: 'licensed' }
      : null,
    tax_behavior: wanted.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: wanted.recurring ? 'recurring' : 'one_time',
    unit_amount: wanted.unit_amount,
    unit_amount_decimal: String(wanted.unit_amount),
  };
}

export function claimLookupKey(world: World, key: string | null, transfer: boolean): void {
  if (key === null) return;
  for (const holder of prices(world).where('lookup_key', key)) {
    if (!transfer) {
      throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, 'lookup_key');
    }
    updatePrice(world, holder.id, { lookup_key: null });
  }
}

export function updatePrice(world: World, id: string, change: Partial<PriceRecord>): PriceRecord {
  const before = getPrice(world, id);
  const after = prices(world).patch(id, change);
  world.journal.emit('price.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

/** A price that can be put on a new purchase: active, of a product that is not archived. */
export function getActivePrice(world: World, id: string, param: string): PriceRecord {
  const price = getPrice(world, id, param);
  if (!price.active) {
    throw invalid('The price specified is inactive. This field only accepts active prices.', param);
  }
  if (products(world).find(price.product)?.active === false) {
    throw invalid(
      `The price \`${id}\` is not available to be purchased because its product is not active.`,
      param,
    );
  }
  return price;
}

export function getPrice(world: World, id: string, param = 'id'): PriceRecord {
  const price = prices(world).find(id);
  if (!price) throw noSuch('price', id, param);
  return price;
}

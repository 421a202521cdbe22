import type Stripe from 'stripe';
import { invalid, noSuch } from '../../core/errors';
import { previousAttributes } from '../../core/diff';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';

export type ProductRecord = Stripe.Product & { default_price: string | null };

export const products = defineCollection<ProductRecord>('products');

export interface NewProduct {
  id?: string | undefined;
  name: string;
  description?: string | null | undefined;
  active?: boolean | undefined;
  images?: string[];
  marketing_features?: Array<{ name: string }>;
  metadata?: Record<string, string>;
  shippable?: boolean | undefined;
  statement_descriptor?: string | undefined;
  unit_label?: string | undefined;
  url?: string | null | undefined;
}

/** Creates a product; emits product.created. */
export function createProduct(world: World, wanted: NewProduct): ProductRecord {
  const now = world.clock.now();
  const id = wanted.id ?? newId('prod', 14);
  if (products(world).find(id)) throw invalid(`Product already exists.`, 'id', 'resource_already_exists');
  const product = products(world).put({
    id,
    object: 'product',
    active: wanted.active ?? true,
    created: now,
    default_price: null,
    description: wanted.description ?? null,
    images: wanted.images ?? [],
    livemode: false,
    marketing_features: wanted.marketing_features ?? [],
    metadata: wanted.metadata ?? {},
    name: wanted.name,
    package_dimensions: null,
    shippable: wanted.shippable ?? null,
    statement_descriptor: wanted.statement_descriptor ?? null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: wanted.unit_label ?? null,
    updated: now,
    url: wanted.url ?? null,
  });
  world.journal.emit('product.created', product);
  return product;
}

export function updateProduct(world: World, id: string, change: Partial<ProductRecord>): ProductRecord {
  const before = getProduct(world, id);
  const after = products(world).patch(id, { ...change, updated: world.clock.now() });
  world.journal.emit('product.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

export function getProduct(world: World, id: string, param = 'id'): ProductRecord {
  const product = products(world).find(id);
  if (!product) throw noSuch('product', id, param);
  return product;
}

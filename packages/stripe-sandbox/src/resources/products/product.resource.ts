import { invalid } from '../../core/errors';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { createPrice, getPrice, prices } from '../prices/price';
import { readRecurring, readUnitAmount } from '../prices/price-input';
import { NOTHING } from '../../http/parameters';
import { createProduct, getProduct, products, type ProductRecord, updateProduct } from './product';
import { readFeatures, readProduct } from './product-input';
import * as accepts from './product.parameters';

export const productResource: Resource = {
  routes: [
    { method: 'POST', path: '/products', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/products', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/products/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getProduct(world, part('id')),
    },
    { method: 'POST', path: '/products/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'DELETE', path: '/products/:id', accepts: NOTHING, handle: remove },
  ],
};

function create({ world, input }: Call): object {
  const product = createProduct(world, readProduct(input));
  if (!input.has('default_price_data')) return product;
  const data = input.map('default_price_data');
  const price = createPrice(world, {
    product: product.id,
    currency: data.requiredText('currency'),
    unit_amount: readUnitAmount(data),
    recurring: readRecurring(data),
    metadata: data.metadata(),
  });
  return products(world).patch(product.id, { default_price: price.id });
}

function list({ world, input }: Call): object {
  const active = input.flag('active');
  const shippable = input.flag('shippable');
  const url = input.text('url');
  const ids = input.texts('ids');
  const isInRange = createdFilter(input);
  const wanted = products(world)
    .newestFirst()
    .filter((product) => isInRange(product) && (active === undefined || product.active === active))
    .filter((product) => shippable === undefined || (product.shippable ?? false) === shippable)
    .filter((product) => url === undefined || product.url === url)
    .filter((product) => ids.length === 0 || ids.includes(product.id));
  return paginate(wanted, input, '/v1/products');
}

const TEXTS = ['description', 'statement_descriptor', 'unit_label', 'url'] as const;

function update({ world, input, part }: Call): object {
  const product = getProduct(world, part('id'));
  const change: Partial<ProductRecord> = { metadata: input.metadata(product.metadata) };
  for (const field of TEXTS) if (input.has(field)) change[field] = input.text(field) ?? null;
  for (const field of ['active', 'shippable'] as const) {
    const value = input.flag(field);
    if (value !== undefined) change[field] = value;
  }
  const name = input.text('name');
  if (name !== undefined) change.name = name;
  if (input.has('images')) change.images = input.texts('images');
  if (input.has('marketing_features')) change.marketing_features = readFeatures(input);
  const price = input.text('default_price');
  if (price !== undefined) change.default_price = getPrice(world, price, 'default_price').id;
  return updateProduct(world, product.id, change);
}

function remove({ world, part }: Call): object {
  const product = getProduct(world, part('id'));
  if (prices(world).where('product', product.id).length > 0) {
    throw invalid('This product cannot be deleted because it has one or more user-created prices.', 'id');
  }
  products(world).remove(product.id);
  world.journal.emit('product.deleted', product);
  return { id: product.id, object: 'product', deleted: true };
}

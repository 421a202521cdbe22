import { createdFilter, paginate } from '../../http/pagination';
import type { Room } from '../../http/room';
import type { Call } from '../../http/route';
import { createProduct, getProduct, products, type ProductRecord, updateProduct } from './product';

export const productRoom: Room = {
  routes: [
    { method: 'POST', path: '/products', handle: create },
    { method: 'GET', path: '/products', handle: list },
    { method: 'GET', path: '/products/:id', handle: ({ world, part }) => getProduct(world, part('id')) },
    { method: 'POST', path: '/products/:id', handle: update },
    { method: 'DELETE', path: '/products/:id', handle: remove },
  ],
};

function create({ world, input }: Call): object {
  return createProduct(world, {
    id: input.text('id'),
    name: input.requiredText('name'),
    description: input.text('description'),
    active: input.flag('active'),
    images: input.texts('images'),
    metadata: input.metadata(),
    url: input.text('url'),
  });
}

function list({ world, input }: Call): object {
  const active = input.flag('active');
  const ids = input.texts('ids');
  const isInRange = createdFilter(input);
  const wanted = products(world)
    .newestFirst()
    .filter((product) => isInRange(product) && (active === undefined || product.active === active))
    .filter((product) => ids.length === 0 || ids.includes(product.id));
  return paginate(wanted, input, '/v1/products');
}

function update({ world, input, part }: Call): object {
  const product = getProduct(world, part('id'));
  const change: Partial<ProductRecord> = { metadata: input.metadata(product.metadata) };
  const active = input.flag('active');
  if (active !== undefined) change.active = active;
  const name = input.text('name');
  if (name !== undefined) change.name = name;
  if (input.has('description')) change.description = input.text('description') ?? null;
  if (input.has('images')) change.images = input.texts('images');
  const price = input.text('default_price');
  if (price !== undefined) change.default_price = price;
  return updateProduct(world, product.id, change);
}

function remove({ world, part }: Call): object {
  const product = getProduct(world, part('id'));
  products(world).remove(product.id);
  world.journal.emit('product.deleted', product);
  return { id: product.id, object: 'product', deleted: true };
}

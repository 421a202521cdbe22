import { invalid } from '../../core/errors';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { createProduct, products } from '../products/product';
import { readProduct } from '../products/product-input';
import { NOTHING } from '../../http/parameters';
import { claimLookupKey, createPrice, getPrice, type PriceRecord, prices, updatePrice } from './price';
import { readCurrency, readRecurring, readTaxBehaviour, readUnitAmount } from './price-input';
import * as accepts from './price.parameters';

export const priceResource: Resource = {
  routes: [
    { method: 'POST', path: '/prices', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/prices', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/prices/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getPrice(world, part('id')),
    },
    { method: 'POST', path: '/prices/:id', accepts: accepts.UPDATE, handle: update },
  ],
};

function create({ world, input }: Call): object {
  const currency = readCurrency(input);
  const unit_amount = readUnitAmount(input);
  const recurring = readRecurring(input);
  const product = input.has('product_data')
    ? createProduct(world, readProduct(input.map('product_data'))).id
    : input.requiredText('product');
  return createPrice(world, {
    product,
    currency,
    unit_amount,
    recurring,
    lookup_key: input.text('lookup_key') ?? null,
    transfer_lookup_key: input.flag('transfer_lookup_key') ?? false,
    nickname: input.text('nickname') ?? null,
    active: input.flag('active'),
    metadata: input.metadata(),
    tax_behavior: readTaxBehaviour(input),
  });
}

function list({ world, input }: Call): object {
  const keys = input.texts('lookup_keys');
  const active = input.flag('active');
  const product = input.text('product');
  const currency = input.text('currency')?.toLowerCase();
  const type = input.text('type');
  const interval = input.map('recurring').text('interval');
  const isInRange = createdFilter(input);
  const wanted = prices(world)
    .newestFirst()
    .filter((price) => keys.length === 0 || (price.lookup_key !== null && keys.includes(price.lookup_key)))
    .filter((price) => (active === undefined || price.active === active) && (!type || price.type === type))
    .filter((price) => (!product || price.product === product) && isInRange(price))
    .filter((price) => !currency || price.currency === currency)
    .filter((price) => !interval || price.recurring?.interval === interval);
  return paginate(wanted, input, '/v1/prices');
}

function update({ world, input, part }: Call): object {
  const price = getPrice(world, part('id'));
  const change: Partial<PriceRecord> = { metadata: input.metadata(price.metadata) };
  const active = input.flag('active');
  if (active === false && products(world).find(price.product)?.default_price === price.id) {
    throw invalid('This price cannot be archived because it is the default price of its product.', 'active');
  }
  if (active !== undefined) change.active = active;
  const taxBehaviour = readTaxBehaviour(input);
  if (taxBehaviour !== undefined) change.tax_behavior = taxBehaviour;
  if (input.has('nickname')) change.nickname = input.text('nickname') ?? null;
  if (input.has('lookup_key')) {
    const key = input.text('lookup_key') ?? null;
    if (key !== price.lookup_key) claimLookupKey(world, key, input.flag('transfer_lookup_key') ?? false);
    change.lookup_key = key;
  }
  return updatePrice(world, price.id, change);
}

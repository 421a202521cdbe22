import { invalid } from '../../core/errors';
import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Room } from '../../http/room';
import type { Call } from '../../http/route';
import { createProduct } from '../products/product';
import {
  claimLookupKey,
  createPrice,
  getPrice,
  type PriceRecord,
  prices,
  type Recurring,
  updatePrice,
} from './price';

export const priceRoom: Room = {
  routes: [
    { method: 'POST', path: '/prices', handle: create },
    { method: 'GET', path: '/prices', handle: list },
    { method: 'GET', path: '/prices/:id', handle: ({ world, part }) => getPrice(world, part('id')) },
    { method: 'POST', path: '/prices/:id', handle: update },
  ],
};

/** Reads `recurring[interval]` and `recurring[interval_count]`. */
export function readRecurring(input: Input): Recurring | undefined {
  if (!input.has('recurring')) return undefined;
  const recurring = input.map('recurring');
  const interval = recurring.choice('interval', ['day', 'week', 'month', 'year'] as const);
  if (!interval)
    throw invalid('Missing required param: recurring[interval].', 'recurring[interval]', 'parameter_missing');
  return { interval, interval_count: recurring.integer('interval_count') ?? 1 };
}

/** Reads `unit_amount` or a whole `unit_amount_decimal`. */
export function readUnitAmount(input: Input): number {
  const amount = input.integer('unit_amount') ?? input.integer('unit_amount_decimal');
  if (amount === undefined)
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  if (amount < 0) throw invalid('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  return amount;
}

function create({ world, input }: Call): object {
  const currency = input.requiredText('currency');
  const unit_amount = readUnitAmount(input);
  const recurring = readRecurring(input);
  const product = input.has('product_data')
    ? createProduct(world, { name: input.map('product_data').requiredText('name') }).id
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
  });
}

function list({ world, input }: Call): object {
  const keys = input.texts('lookup_keys');
  const active = input.flag('active');
  const product = input.text('product');
  const type = input.text('type');
  const interval = input.map('recurring').text('interval');
  const isInRange = createdFilter(input);
  const wanted = prices(world)
    .newestFirst()
    .filter((price) => keys.length === 0 || (price.lookup_key !== null && keys.includes(price.lookup_key)))
    .filter((price) => (active === undefined || price.active === active) && (!type || price.type === type))
    .filter((price) => (!product || price.product === product) && isInRange(price))
    .filter((price) => !interval || price.recurring?.interval === interval);
  return paginate(wanted, input, '/v1/prices');
}

function update({ world, input, part }: Call): object {
  const price = getPrice(world, part('id'));
  const change: Partial<PriceRecord> = { metadata: input.metadata(price.metadata) };
  const active = input.flag('active');
  if (active !== undefined) change.active = active;
  if (input.has('nickname')) change.nickname = input.text('nickname') ?? null;
  if (input.has('lookup_key')) {
    const key = input.text('lookup_key') ?? null;
    if (key !== price.lookup_key) claimLookupKey(world, key, input.flag('transfer_lookup_key') ?? false);
    change.lookup_key = key;
  }
  return updatePrice(world, price.id, change);
}

import { invalid, missingParam } from '../../core/errors';
import { createdFilter, paginate } from '../../http/pagination';
import type { Input } from '../../http/input';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { NOTHING } from '../../http/parameters';
import { coupons, createCoupon, deleteCoupon, getCoupon, scopeOf, updateCoupon } from './coupon';
import * as accepts from './coupon.parameters';

export const couponResource: Resource = {
  routes: [
    { method: 'POST', path: '/coupons', accepts: accepts.CREATE, handle: create },
    {
      method: 'GET',
      path: '/coupons',
      accepts: accepts.LIST,
      handle: ({ world, input }) =>
        paginate(coupons(world).newestFirst().filter(createdFilter(input)), input, '/v1/coupons'),
    },
    {
      method: 'GET',
      path: '/coupons/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getCoupon(world, part('id')),
    },
    { method: 'POST', path: '/coupons/:id', accepts: accepts.UPDATE, handle: update },
    {
      method: 'DELETE',
      path: '/coupons/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => deleteCoupon(world, part('id')),
    },
  ],
  includables: {
    'coupon.applies_to': (world, owner) => ({ products: scopeOf(world, String(owner['id'])) ?? [] }),
    'coupon.currency_options': () => ({}),
  },
  start: (world) => {
    world.scheduler.on('coupon.expire', (id) => {
      const coupon = coupons(world).find(id);
      if (coupon) coupons(world).patch(id, { valid: false });
    });
  },
};

function create({ world, input }: Call): object {
  const percent_off = readPercent(input);
  const amount_off = input.integer('amount_off') ?? null;
  if ((percent_off === null) === (amount_off === null)) {
    throw invalid('You must pass either percent_off or amount_off, not both.', 'percent_off');
  }
  if (amount_off !== null && amount_off < 1) throw invalid('Invalid positive integer', 'amount_off');
  const currency = amount_off === null ? null : input.requiredText('currency').toLowerCase();
  const duration = input.choice('duration', ['forever', 'once', 'repeating'] as const) ?? 'once';
  const months = input.integer('duration_in_months') ?? null;
  if (duration === 'repeating' && months === null) throw missingParam('duration_in_months');
  if (duration !== 'repeating' && months !== null) {
    throw invalid('duration_in_months is only for duration=repeating.', 'duration_in_months');
  }
  return createCoupon(world, {
    id: input.text('id'),
    percent_off,
    amount_off,
    currency,
    duration,
    duration_in_months: months,
    max_redemptions: input.integer('max_redemptions') ?? null,
    redeem_by: readRedeemBy(input, world.clock.now()),
    name: input.text('name') ?? null,
    metadata: input.metadata(),
    products: input.map('applies_to').texts('products'),
  });
}

function readPercent(input: Input): number | null {
  const text = input.text('percent_off');
  if (text === undefined) return null;
  const percent = Number(text);
  if (!(percent > 0 && percent <= 100)) {
    throw invalid('percent_off must be greater than 0 and at most 100.', 'percent_off');
  }
  return percent;
}

function readRedeemBy(input: Input, now: number): number | null {
  const redeemBy = input.integer('redeem_by');
  if (redeemBy === undefined) return null;
  if (redeemBy <= now) throw invalid('redeem_by must be in the future.', 'redeem_by');
  return redeemBy;
}

function update({ world, input, part }: Call): object {
  const coupon = getCoupon(world, part('id'));
  return updateCoupon(world, coupon.id, {
    metadata: input.metadata(coupon.metadata ?? {}),
    ...(input.has('name') ? { name: input.text('name') ?? null } : {}),
  });
}

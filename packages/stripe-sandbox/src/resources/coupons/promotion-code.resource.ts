import { invalid } from '../../core/errors';
import { randomText } from '../../core/random';
import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
import { NOTHING } from '../../http/parameters';
import { getCoupon } from './coupon';
import {
  createPromotionCode,
  getPromotionCode,
  type PromotionCodeRecord,
  promotionCodes,
  updatePromotionCode,
} from './promotion-code';
import * as accepts from './promotion-code.parameters';

export const promotionCodeResource: Resource = {
  routes: [
    { method: 'POST', path: '/promotion_codes', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/promotion_codes', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/promotion_codes/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getPromotionCode(world, part('id')),
    },
    { method: 'POST', path: '/promotion_codes/:id', accepts: accepts.UPDATE, handle: update },
  ],
  start: (world) => {
    world.scheduler.on('promotion_code.expire', (id) => {
      if (promotionCodes(world).find(id)?.active) updatePromotionCode(world, id, { active: false });
    });
  },
};

function create({ world, input }: Call): object {
  const promotion = input.map('promotion');
  // Before 2025-09-30.clover the coupon was a parameter of its own; the CLI still sends it so.
  const coupon = promotion.text('coupon') ?? input.requiredText('coupon');
  getCoupon(world, coupon, promotion.has('coupon') ? 'promotion[coupon]' : 'coupon');
  const customer = input.text('customer') ?? null;
  if (customer !== null) getCustomer(world, customer, 'customer');
  const code = input.text('code') ?? randomText(8).toUpperCase();
  if (!/^[\w-]{1,500}$/.test(code)) throw invalid('Invalid code: letters, digits and dashes only.', 'code');
  return createPromotionCode(world, {
    code,
    coupon,
    active: input.flag('active') ?? true,
    customer,
    expires_at: input.integer('expires_at') ?? null,
    max_redemptions: input.integer('max_redemptions') ?? null,
    metadata: input.metadata(),
    restrictions: readRestrictions(input.map('restrictions')),
  });
}

function readRestrictions(input: Input): PromotionCodeRecord['restrictions'] {
  return {
    first_time_transaction: input.flag('first_time_transaction') ?? false,
    minimum_amount: input.integer('minimum_amount') ?? null,
    minimum_amount_currency: input.text('minimum_amount_currency') ?? null,
  };
}

function list({ world, input }: Call): object {
  const code = input.text('code')?.toUpperCase();
  const active = input.flag('active');
  const coupon = input.text('coupon');
  const customer = input.text('customer');
  const wanted = promotionCodes(world)
    .newestFirst()
    .filter(createdFilter(input))
    .filter((candidate) => code === undefined || candidate.code.toUpperCase() === code)
    .filter((candidate) => active === undefined || candidate.active === active)
    .filter((candidate) => !coupon || candidate.promotion.coupon === coupon)
    .filter((candidate) => !customer || candidate.customer === customer);
  return paginate(wanted, input, '/v1/promotion_codes');
}

function update({ world, input, part }: Call): object {
  const code = getPromotionCode(world, part('id'));
  const active = input.flag('active');
  return updatePromotionCode(world, code.id, {
    metadata: input.metadata(code.metadata ?? {}),
    ...(active === undefined ? {} : { active }),
  });
}

import { noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import { NOTHING, PAGE, parameters, RANGE } from '../../http/parameters';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { refusal } from '../unsupported/refusal';
import { planOf } from './plan';
import { type PriceRecord, prices } from './price';

const LIST = parameters({
  type: 'Stripe.PlanListParams',
  used: `active product ${PAGE}`,
  nested: { created: RANGE },
});

const CREATE = parameters({
  type: 'Stripe.PlanCreateParams',
  unsupported: `
    active amount amount_decimal billing_scheme currency id interval interval_count metadata meter nickname
    product tiers tiers_mode transform_usage trial_period_days usage_type
  `,
});

/** Recurring prices under their older name; they are created and changed as prices. */
export const planResource: Resource = {
  routes: [
    { method: 'GET', path: '/plans', accepts: LIST, handle: list },
    { method: 'POST', path: '/plans', accepts: CREATE, handle: refusal('POST /v1/plans') },
    {
      method: 'GET',
      path: '/plans/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => planOf(getPlan(world, part('id'))),
    },
  ],
};

function list({ world, input }: Call): object {
  const active = input.flag('active');
  const wanted = prices(world)
    .newestFirst({ product: input.text('product') })
    .filter((price) => price.recurring !== null && (active === undefined || price.active === active))
    .filter(createdFilter(input));
  const page = paginate(wanted, input, '/v1/plans');
  return { ...page, data: page.data.map(planOf) };
}

function getPlan(world: World, id: string): PriceRecord {
  const price = prices(world).find(id);
  if (!price?.recurring) throw noSuch('plan', id);
  return price;
}

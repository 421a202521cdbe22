import { previousAttributes } from '../../core/diff';
import { noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import { createdFilter, paginate } from '../../http/pagination';
import { NOTHING } from '../../http/parameters';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { readShipping } from '../customers/address';
import { type ChargeRecord, charges } from './charge';
import * as accepts from './charge.parameters';

export const chargeResource: Resource = {
  routes: [
    { method: 'GET', path: '/charges', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/charges/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getCharge(world, part('id')),
    },
    { method: 'POST', path: '/charges/:id', accepts: accepts.UPDATE, handle: update },
  ],
};

function getCharge(world: World, id: string): ChargeRecord {
  const charge = charges(world).find(id);
  if (!charge) throw noSuch('charge', id);
  return charge;
}

function list({ world, input }: Call): object {
  const wanted = charges(world)
    .newestFirst({ payment_intent: input.text('payment_intent'), customer: input.text('customer') })
    .filter(createdFilter(input));
  return paginate(wanted, input, '/v1/charges');
}

function update({ world, input, part }: Call): object {
  const before = getCharge(world, part('id'));
  const report = input.map('fraud_details').text('user_report');
  const after = charges(world).patch(before.id, {
    metadata: input.metadata(before.metadata),
    ...(input.has('description') ? { description: input.text('description') ?? null } : {}),
    ...(input.has('receipt_email') ? { receipt_email: input.text('receipt_email') ?? null } : {}),
    ...(input.has('shipping') ? { shipping: readShipping(input) as ChargeRecord['shipping'] } : {}),
    ...(report === undefined ? {} : { fraud_details: { ...before.fraud_details, user_report: report } }),
  });
  world.journal.emit('charge.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

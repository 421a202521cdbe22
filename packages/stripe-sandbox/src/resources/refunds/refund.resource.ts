import { previousAttributes } from '../../core/diff';
import { invalid, noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { createdFilter, paginate, wholeList } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { type ChargeRecord, charges } from '../charges/charge';
import { getIntent } from '../payment-intents/payment-intent';
import { NOTHING } from '../../http/parameters';
import { createRefund, getRefund, refunds, settleRefund } from './refund';
import * as accepts from './refund.parameters';

export const refundResource: Resource = {
  routes: [
    { method: 'POST', path: '/refunds', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/refunds', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/refunds/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getRefund(world, part('id')),
    },
    { method: 'POST', path: '/refunds/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'POST', path: '/refunds/:id/cancel', accepts: accepts.CANCEL, handle: cancel },
  ],
  includables: {
    'charge.refunds': (world, { id }) => {
      const data = refunds(world).where('charge', id).reverse();
      return { ...wholeList(data, `/v1/charges/${String(id)}/refunds`), total_count: data.length };
    },
  },
  start: (world) => world.scheduler.on('refund.settle', (id) => settleRefund(world, id)),
};

function create({ world, input }: Call): object {
  return createRefund(world, {
    charge: chargeOf(world, input),
    amount: input.integer('amount'),
    reason: input.choice('reason', ['duplicate', 'fraudulent', 'requested_by_customer'] as const) ?? null,
    metadata: input.metadata(),
  });
}

function chargeOf(world: World, input: Input): ChargeRecord {
  const intent = input.text('payment_intent');
  const id =
    intent === undefined ? input.text('charge') : getIntent(world, intent, 'payment_intent').latest_charge;
  if (!id) {
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  const charge = charges(world).find(id);
  if (!charge) throw noSuch('charge', id);
  return charge;
}

function list({ world, input }: Call): object {
  const wanted = refunds(world)
    .newestFirst({ charge: input.text('charge'), payment_intent: input.text('payment_intent') })
    .filter(createdFilter(input));
  return paginate(wanted, input, '/v1/refunds');
}

/** Only refunds by bank transfer can be canceled at Stripe, and the sandbox makes none. */
function cancel({ world, part }: Call): never {
  getRefund(world, part('id'));
  throw invalid('Canceling this refund is unsupported.');
}

function update({ world, input, part }: Call): object {
  const before = getRefund(world, part('id'));
  const after = refunds(world).patch(before.id, { metadata: input.metadata(before.metadata ?? {}) });
  const previous = previousAttributes(before, after);
  world.journal.emit('refund.updated', after, { previous });
  world.journal.emit('charge.refund.updated', after, { previous });
  return after;
}

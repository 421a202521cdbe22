import { cardError, invalid, noSuch } from '../../core/errors';
import { previousAttributes } from '../../core/diff';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { paginate } from '../../http/pagination';
import type { Room } from '../../http/room';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
import { behaviourOfAlias } from './cards';
import {
  attachPaymentMethod,
  createCard,
  createSepaDebit,
  detachPaymentMethod,
  paymentMethods,
  type PaymentMethodRecord,
  readBillingDetails,
  resolvePaymentMethod,
} from './payment-method';

export const paymentMethodRoom: Room = {
  routes: [
    { method: 'POST', path: '/payment_methods', handle: create },
    { method: 'GET', path: '/payment_methods', handle: list },
    {
      method: 'GET',
      path: '/payment_methods/:id',
      handle: ({ world, part }) => resolvePaymentMethod(world, part('id'), 'id'),
    },
    { method: 'POST', path: '/payment_methods/:id', handle: update },
    { method: 'POST', path: '/payment_methods/:id/attach', handle: attach },
    {
      method: 'POST',
      path: '/payment_methods/:id/detach',
      handle: ({ world, part }) => detachPaymentMethod(world, part('id')),
    },
    { method: 'GET', path: '/customers/:id/payment_methods', handle: list },
  ],
};

function create({ world, input }: Call): object {
  const type = input.choice('type', ['card', 'sepa_debit'] as const) ?? 'card';
  const details = readBillingDetails(input);
  if (type === 'sepa_debit') {
    return createSepaDebit(world, input.map('sepa_debit').requiredText('iban').replaceAll(' ', ''), details);
  }
  return readCard(world, input, details);
}

function readCard(
  world: World,
  input: Input,
  details: ReturnType<typeof readBillingDetails>,
): PaymentMethodRecord {
  const card = input.map('card');
  const token = card.text('token');
  if (token !== undefined) {
    const behaviour = behaviourOfAlias(token);
    if (!behaviour) throw noSuch('token', token, 'card[token]');
    return createCard(world, { number: behaviour.number }, details);
  }
  const expMonth = card.integer('exp_month');
  const expYear = card.integer('exp_year');
  if (expMonth !== undefined && (expMonth < 1 || expMonth > 12)) {
    throw cardError({
      code: 'invalid_expiry_month',
      message: "Your card's expiration month is invalid.",
      param: 'exp_month',
    });
  }
  const number = card.requiredText('number').replaceAll(/[\s-]/g, '');
  return createCard(
    world,
    { number, ...(expMonth ? { expMonth } : {}), ...(expYear ? { expYear } : {}) },
    details,
  );
}

function list({ world, input, part }: Call): object {
  const customer = input.text('customer') ?? (part('id') || undefined);
  if (customer === undefined)
    throw invalid('Missing required param: customer.', 'customer', 'parameter_missing');
  getCustomer(world, customer, 'customer');
  const type = input.text('type');
  const wanted = paymentMethods(world)
    .where('customer', customer)
    .reverse()
    .filter((method) => type === undefined || method.type === type);
  return paginate(wanted, input, '/v1/payment_methods');
}

function update({ world, input, part }: Call): object {
  const before = resolvePaymentMethod(world, part('id'), 'id');
  const after = paymentMethods(world).patch(before.id, {
    metadata: input.metadata(before.metadata ?? {}),
    ...(input.has('billing_details') ? { billing_details: readBillingDetails(input) } : {}),
  });
  world.journal.emit('payment_method.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

function attach({ world, input, part }: Call): object {
  const customer = getCustomer(world, input.requiredText('customer'), 'customer');
  return attachPaymentMethod(world, part('id'), customer.id);
}

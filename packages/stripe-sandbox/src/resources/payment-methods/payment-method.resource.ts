import { cardError, invalid, noSuch, notFound } from '../../core/errors';
import { previousAttributes } from '../../core/diff';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
import { NOTHING } from '../../http/parameters';
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
import * as accepts from './payment-method.parameters';

export const paymentMethodResource: Resource = {
  routes: [
    { method: 'POST', path: '/payment_methods', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/payment_methods', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/payment_methods/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => resolvePaymentMethod(world, part('id'), 'id'),
    },
    { method: 'POST', path: '/payment_methods/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'POST', path: '/payment_methods/:id/attach', accepts: accepts.ATTACH, handle: attach },
    {
      method: 'POST',
      path: '/payment_methods/:id/detach',
      accepts: accepts.DETACH,
      handle: ({ world, part }) => detachPaymentMethod(world, part('id')),
    },
    {
      method: 'GET',
      path: '/customers/:id/payment_methods',
      accepts: accepts.LIST_OF_CUSTOMER,
      handle: list,
    },
  ],
};

function create({ world, input }: Call): object {
  const type = input.choice('type', ['card', 'sepa_debit'] as const) ?? 'card';
  const { id, allow_redisplay } = type === 'card' ? readCard(world, input) : readSepaDebit(world, input);
  return paymentMethods(world).patch(id, {
    metadata: input.metadata(),
    allow_redisplay: readRedisplay(input) ?? allow_redisplay,
  });
}

function readRedisplay(input: Input) {
  return input.choice('allow_redisplay', ['always', 'limited', 'unspecified'] as const);
}

function readSepaDebit(world: World, input: Input): PaymentMethodRecord {
  const iban = input.map('sepa_debit').requiredText('iban').replaceAll(' ', '');
  return createSepaDebit(world, iban, readBillingDetails(input));
}

function readCard(world: World, input: Input): PaymentMethodRecord {
  const details = readBillingDetails(input);
  const card = input.map('card');
  const token = card.text('token');
  if (token !== undefined) {
    const behaviour = behaviourOfAlias(token);
    if (!behaviour) throw noSuch('token', token, 'card[token]');
    return createCard(world, { number: behaviour.number }, details);
  }
  const { exp_month: expMonth, exp_year: expYear } = readExpiry(card);
  const number = card.requiredText('number').replaceAll(/[\s-]/g, '');
  return createCard(
    world,
    { number, ...(expMonth ? { expMonth } : {}), ...(expYear ? { expYear } : {}) },
    details,
  );
}

function readExpiry(card: Input): { exp_month?: number; exp_year?: number } {
  const exp_month = card.integer('exp_month');
  const exp_year = card.integer('exp_year');
  if (exp_month !== undefined && (exp_month < 1 || exp_month > 12)) {
    throw cardError({
      code: 'invalid_expiry_month',
      message: "Your card's expiration month is invalid.",
      param: 'exp_month',
    });
  }
  return { ...(exp_month ? { exp_month } : {}), ...(exp_year ? { exp_year } : {}) };
}

function list({ world, input, part }: Call): object {
  const customer = input.text('customer') ?? (part('id') || undefined);
  if (customer === undefined)
    throw invalid('Missing required param: customer.', 'customer', 'parameter_missing');
  getCustomer(world, customer, 'customer');
  const type = input.text('type');
  const redisplay = readRedisplay(input);
  const wanted = paymentMethods(world)
    .newestFirst({ customer })
    .filter((method) => redisplay === undefined || method.allow_redisplay === redisplay)
    .filter((method) => type === undefined || method.type === type);
  return paginate(wanted, input, '/v1/payment_methods');
}

function update({ world, input, part }: Call): object {
  const before = resolvePaymentMethod(world, part('id'), 'id');
  const after = paymentMethods(world).patch(before.id, {
    metadata: input.metadata(before.metadata ?? {}),
    allow_redisplay: readRedisplay(input) ?? before.allow_redisplay,
    ...(before.card ? { card: { ...before.card, ...readExpiry(input.map('card')) } } : {}),
    ...(input.has('billing_details') ? { billing_details: readBillingDetails(input) } : {}),
  });
  world.journal.emit('payment_method.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

function attach({ world, input, part }: Call): object {
  const id = part('id');
  if (!paymentMethods(world).find(id) && !behaviourOfAlias(id))
    throw notFound('PaymentMethod', id, 'payment_method');
  const customer = getCustomer(world, input.requiredText('customer'), 'customer');
  return attachPaymentMethod(world, id, customer.id);
}

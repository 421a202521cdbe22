import { cardError, invalid, missingParam } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { readShipping } from '../customers/address';
import { getCustomer } from '../customers/customer';
import { resolvePaymentMethod } from '../payment-methods/payment-method';
import { NOTHING } from '../../http/parameters';
import { readAutomatic } from './automatic-methods';
import { cancelIntent, captureIntent, unexpected } from './finish';
import { createIntent, type NewIntent, paymentIntents } from './intent.record';
import { confirmIntent, getIntent, settleIntent } from './payment-intent';
import * as accepts from './payment-intent.parameters';

export const paymentIntentResource: Resource = {
  routes: [
    { method: 'POST', path: '/payment_intents', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/payment_intents', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/payment_intents/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getIntent(world, part('id')),
    },
    { method: 'POST', path: '/payment_intents/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'POST', path: '/payment_intents/:id/confirm', accepts: accepts.CONFIRM, handle: confirm },
    {
      method: 'POST',
      path: '/payment_intents/:id/capture',
      accepts: accepts.CAPTURE,
      handle: capture,
    },
    {
      method: 'POST',
      path: '/payment_intents/:id/cancel',
      accepts: accepts.CANCEL,
      handle: ({ world, input, part }) =>
        cancelIntent(world, part('id'), input.text('cancellation_reason') ?? null),
    },
  ],
  start: (world) => {
    world.scheduler.on('intent.settle', (id) => settleIntent(world, id));
    world.signals.on('intent.processing', (id) => {
      const seconds = Math.ceil(world.settings.settleDelayMs / 1000);
      world.scheduler.schedule('intent.settle', id, world.clock.now() + seconds);
    });
  },
};

function create({ world, input }: Call): object {
  const amount = readAmount(input);
  if (amount === undefined) throw missingParam('amount');
  const customer = input.text('customer');
  if (customer !== undefined) getCustomer(world, customer, 'customer');
  const types = [...input.texts('payment_method_types'), ...input.texts('allowed_payment_method_types')];
  const method = input.text('payment_method');
  const confirms = input.flag('confirm') ?? false;
  const intent = createIntent(world, {
    amount,
    currency: input.requiredText('currency'),
    customer: customer ?? null,
    metadata: input.metadata(),
    ...readFields(input),
    capture_method: input.choice('capture_method', CAPTURE_METHODS) ?? 'automatic_async',
    ...(types.length > 0 ? { types } : { automatic_payment_methods: readAutomatic(input) }),
    ...(confirms || method === undefined ? {} : { payment_method: resolvePaymentMethod(world, method).id }),
  });
  return confirms ? attempt(world, intent.id, input) : intent;
}

const CAPTURE_METHODS = ['automatic', 'automatic_async', 'manual'] as const;

function readAmount(input: Input): number | undefined {
  const amount = input.integer('amount');
  if (amount !== undefined && amount < 1) {
    throw invalid('This value must be greater than or equal to 1.', 'amount', 'parameter_invalid_integer');
  }
  if (amount !== undefined && amount > 99_999_999) {
    throw invalid('Amount must be no more than $999,999.99', 'amount', 'amount_too_large');
  }
  return amount;
}

/** What can be said at the creation and later. */
function readFields(input: Input): Partial<NewIntent> {
  const usage = input.choice('setup_future_usage', ['off_session', 'on_session'] as const);
  return {
    ...(usage === undefined ? {} : { setup_future_usage: usage }),
    ...(input.has('description') ? { description: input.text('description') ?? null } : {}),
    ...(input.has('receipt_email') ? { receipt_email: input.text('receipt_email') ?? null } : {}),
    ...(input.has('shipping') ? { shipping: readShipping(input) } : {}),
  };
}

const CHANGEABLE = new Set(['requires_payment_method', 'requires_confirmation', 'requires_action']);

function update({ world, input, part }: Call): object {
  const intent = getIntent(world, part('id'));
  const names = input.names().filter((name) => name !== 'metadata' && name !== 'description');
  if (names.length > 0 && !CHANGEABLE.has(intent.status)) throw unexpected('update', intent);
  const method = input.text('payment_method');
  const customer = input.text('customer');
  if (customer !== undefined) getCustomer(world, customer, 'customer');
  return paymentIntents(world).patch(intent.id, {
    amount: readAmount(input) ?? intent.amount,
    currency: input.text('currency')?.toLowerCase() ?? intent.currency,
    customer: customer ?? intent.customer,
    metadata: input.metadata(intent.metadata),
    ...(readFields(input) as Partial<typeof intent>),
    ...(method === undefined
      ? {}
      : { payment_method: resolvePaymentMethod(world, method).id, status: 'requires_confirmation' as const }),
  });
}

function confirm({ world, input, part }: Call): object {
  const intent = getIntent(world, part('id'));
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpected('confirm', intent);
  paymentIntents(world).patch(intent.id, readFields(input) as Partial<typeof intent>);
  return attempt(world, intent.id, input);
}

function attempt(world: World, id: string, input: Input): object {
  const method = input.text('payment_method') ?? getIntent(world, id).payment_method;
  if (!method) throw missingParam('payment_method');
  const outcome = confirmIntent(world, id, {
    method,
    offSession: input.flag('off_session') ?? false,
    declinesAction: input.flag('off_session') ?? false,
    authenticated: false,
    returnUrl: input.text('return_url'),
  });
  const intent = getIntent(world, id);
  if (outcome.kind === 'declined') {
    throw cardError({ ...outcome.decline, charge: intent.latest_charge ?? '', payment_intent: intent });
  }
  return intent;
}

function capture({ world, input, part }: Call): object {
  const { id, metadata } = getIntent(world, part('id'));
  paymentIntents(world).patch(id, { metadata: input.metadata(metadata) });
  return captureIntent(world, id);
}

function list({ world, input }: Call): object {
  const wanted = paymentIntents(world)
    .newestFirst({ customer: input.text('customer') })
    .filter(createdFilter(input));
  return paginate(wanted, input, '/v1/payment_intents');
}

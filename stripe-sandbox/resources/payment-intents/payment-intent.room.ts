import { cardError, invalid, missingParam, noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import { createdFilter, paginate } from '../../http/pagination';
import type { Room } from '../../http/room';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
import { charges } from './charge';
import { cancelIntent, captureIntent } from './finish';
import { createIntent, paymentIntents } from './intent.record';
import { type Attempt, confirmIntent, getIntent, settleIntent } from './payment-intent';

export const paymentIntentRoom: Room = {
  routes: [
    { method: 'POST', path: '/payment_intents', handle: create },
    { method: 'GET', path: '/payment_intents', handle: list },
    {
      method: 'GET',
      path: '/payment_intents/:id',
      handle: ({ world, part }) => getIntent(world, part('id')),
    },
    { method: 'POST', path: '/payment_intents/:id/confirm', handle: confirm },
    {
      method: 'POST',
      path: '/payment_intents/:id/capture',
      handle: ({ world, part }) => captureIntent(world, part('id')),
    },
    {
      method: 'POST',
      path: '/payment_intents/:id/cancel',
      handle: ({ world, input, part }) =>
        cancelIntent(world, part('id'), input.text('cancellation_reason') ?? null),
    },
    { method: 'GET', path: '/charges', handle: listCharges },
    { method: 'GET', path: '/charges/:id', handle: getCharge },
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
  const amount = input.integer('amount');
  if (amount === undefined) throw missingParam('amount');
  const customer = input.text('customer');
  if (customer !== undefined) getCustomer(world, customer, 'customer');
  const intent = createIntent(world, {
    amount,
    currency: input.requiredText('currency'),
    customer: customer ?? null,
    description: input.text('description') ?? null,
    metadata: input.metadata(),
    capture_method: input.text('capture_method') === 'manual' ? 'manual' : 'automatic',
    setup_future_usage: input.choice('setup_future_usage', ['off_session', 'on_session'] as const) ?? null,
  });
  if (!input.flag('confirm')) return intent;
  return attempt(world, intent.id, {
    method: input.requiredText('payment_method'),
    offSession: input.flag('off_session') ?? false,
    authenticated: false,
  });
}

function confirm({ world, input, part }: Call): object {
  const intent = getIntent(world, part('id'));
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw invalid(
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`,
      undefined,
      'payment_intent_unexpected_state',
    );
  }
  const method = input.text('payment_method') ?? intent.payment_method;
  if (!method) throw missingParam('payment_method');
  return attempt(world, intent.id, {
    method,
    offSession: input.flag('off_session') ?? false,
    authenticated: false,
  });
}

function attempt(world: World, id: string, how: Attempt): object {
  const outcome = confirmIntent(world, id, how);
  const intent = getIntent(world, id);
  if (outcome.kind === 'declined') {
    throw cardError({ ...outcome.decline, charge: intent.latest_charge ?? '', payment_intent: intent });
  }
  return intent;
}

function list({ world, input }: Call): object {
  const customer = input.text('customer');
  const isInRange = createdFilter(input);
  const found =
    customer === undefined ? paymentIntents(world).all() : paymentIntents(world).where('customer', customer);
  return paginate(found.reverse().filter(isInRange), input, '/v1/payment_intents');
}

function listCharges({ world, input }: Call): object {
  const customer = input.text('customer');
  const intent = input.text('payment_intent');
  const isInRange = createdFilter(input);
  const found =
    intent !== undefined
      ? charges(world).where('payment_intent', intent)
      : customer !== undefined
        ? charges(world).where('customer', customer)
        : charges(world).all();
  return paginate(found.reverse().filter(isInRange), input, '/v1/charges');
}

function getCharge({ world, part }: Call): object {
  const charge = charges(world).find(part('id'));
  if (!charge) throw noSuch('charge', part('id'));
  return charge;
}

import { invalid, missingParam } from '../../core/errors';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { getCustomer } from '../customers/customer';
import { readAutomatic } from '../payment-intents/automatic-methods';
import { checkOwner, resolvePaymentMethod } from '../payment-methods/payment-method';
import { NOTHING } from '../../http/parameters';
import { cancelSetup, confirmSetup, createSetupIntent, getSetupIntent, setupIntents } from './setup-intent';
import * as accepts from './setup-intent.parameters';

export const setupIntentResource: Resource = {
  routes: [
    { method: 'POST', path: '/setup_intents', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/setup_intents', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/setup_intents/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getSetupIntent(world, part('id')),
    },
    { method: 'POST', path: '/setup_intents/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'POST', path: '/setup_intents/:id/confirm', accepts: accepts.CONFIRM, handle: confirm },
    {
      method: 'POST',
      path: '/setup_intents/:id/cancel',
      accepts: accepts.CANCEL,
      handle: ({ world, input, part }) => cancelSetup(world, part('id'), input.text('cancellation_reason')),
    },
  ],
};

function create({ world, input }: Call): object {
  const customer = input.text('customer') ?? null;
  if (customer !== null) getCustomer(world, customer, 'customer');
  const method = input.text('payment_method');
  if (method !== undefined) checkOwner(resolvePaymentMethod(world, method), customer);
  const types = [...input.texts('payment_method_types'), ...input.texts('allowed_payment_method_types')];
  const intent = createSetupIntent(world, {
    customer,
    description: input.text('description') ?? null,
    metadata: input.metadata(),
    usage: input.choice('usage', ['off_session', 'on_session'] as const) ?? 'off_session',
    ...(types.length > 0 ? { types } : { automatic_payment_methods: readAutomatic(input) }),
  });
  if (!input.flag('confirm')) {
    if (method === undefined) return intent;
    return setupIntents(world).patch(intent.id, {
      payment_method: resolvePaymentMethod(world, method).id,
      status: 'requires_confirmation',
    });
  }
  confirmSetup(world, intent.id, {
    method: input.requiredText('payment_method'),
    authenticated: false,
    returnUrl: input.text('return_url'),
  });
  return getSetupIntent(world, intent.id);
}

function list({ world, input }: Call): object {
  const customer = input.text('customer');
  const method = input.text('payment_method');
  const wanted = setupIntents(world)
    .newestFirst({ customer })
    .filter((intent) => !method || intent.payment_method === method)
    .filter(createdFilter(input));
  return paginate(wanted, input, '/v1/setup_intents');
}

function update({ world, input, part }: Call): object {
  const intent = getSetupIntent(world, part('id'));
  const customer = input.text('customer');
  if (customer !== undefined) getCustomer(world, customer, 'customer');
  const method = input.text('payment_method');
  return setupIntents(world).patch(intent.id, {
    customer: customer ?? intent.customer,
    ...(method === undefined
      ? {}
      : { payment_method: resolvePaymentMethod(world, method).id, status: 'requires_confirmation' as const }),
    metadata: input.metadata(intent.metadata ?? {}),
    ...(input.has('description') ? { description: input.text('description') ?? null } : {}),
  });
}

function confirm({ world, input, part }: Call): object {
  const intent = getSetupIntent(world, part('id'));
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw invalid(
      `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`,
      undefined,
      'setup_intent_unexpected_state',
    );
  }
  const method = input.text('payment_method') ?? intent.payment_method;
  if (!method) throw missingParam('payment_method');
  confirmSetup(world, intent.id, { method, authenticated: false, returnUrl: input.text('return_url') });
  return getSetupIntent(world, intent.id);
}

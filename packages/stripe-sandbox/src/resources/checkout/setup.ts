import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { createSetupIntent } from '../setup-intents/setup-intent';
import { openSession, type SessionRecord, sessions } from './session';
import { readFields } from './session-input';

/** A session that saves a payment method without a payment. */
export function openSetup(world: World, input: Input, customer: string | null): SessionRecord {
  const fields = readFields(world, input);
  const session = openSession(world, {
    mode: 'setup',
    lines: [],
    customer,
    customer_email: input.text('customer_email') ?? null,
    fields: {
      ...fields,
      amount_subtotal: null,
      amount_total: null,
      currency: input.text('currency') ?? null,
      discounts: null,
      payment_status: 'no_payment_required',
      total_details: null,
    },
    secrets: {},
  });
  const data = input.map('setup_intent_data');
  const setup = createSetupIntent(world, {
    customer,
    description: data.text('description') ?? null,
    metadata: data.metadata(),
    types: session.payment_method_types,
  });
  return sessions(world).patch(session.id, { setup_intent: setup.id });
}

import type { World } from '../../core/world';
import { createCustomer } from '../customers/customer';
import { attachPaymentMethod } from '../payment-methods/payment-method';
import { confirmSetup } from '../setup-intents/setup-intent';
import { complete, type PayResult } from './complete';
import { secretsOf, type SessionRecord } from './session';

/** Setup mode: the method is saved for later and nothing is paid. */
export function saveMethod(
  world: World,
  session: SessionRecord,
  how: { method: string; authenticated: boolean },
): PayResult {
  const setup = session.setup_intent ?? '';
  const payer = secretsOf(world, session.id).payer;
  const outcome = confirmSetup(world, setup, how);
  if (outcome === 'requires_action') return { kind: 'authenticate', intent: setup };
  const wantsCustomer = session.customer === null && session.customer_creation === 'always';
  const customer = wantsCustomer
    ? createCustomer(world, { email: payer?.email ?? session.customer_email, name: payer?.name ?? null }).id
    : session.customer;
  if (wantsCustomer && customer !== null) attachPaymentMethod(world, how.method, customer);
  const nothing = { subscription: null, invoice: null, payment_intent: null };
  complete(world, session, { ...nothing, payment_status: 'no_payment_required', customer });
  return { kind: 'complete' };
}

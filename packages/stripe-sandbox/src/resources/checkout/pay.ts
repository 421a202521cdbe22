import { cardError, invalid, missingParam } from '../../core/errors';
import type { World } from '../../core/world';
import type { Decline } from '../payment-methods/cards';
import { cardOf, type PaymentMethodRecord } from '../payment-methods/payment-method';
import { decideOutcome } from '../payment-intents/outcome';
import { confirmIntent, finishAuthentication, getIntent } from '../payment-intents/payment-intent';
import { finishSetup } from '../setup-intents/setup-intent';
import type { PayResult } from './complete';
import { checkChoices } from './promotion';
import { attemptIntent, purchase } from './purchase';
import { saveMethod } from './save-method';
import {
  getSession,
  needsMethod,
  type Payer,
  secretsOf,
  type SessionRecord,
  sessionSecrets,
} from './session';

/**
 * Pays an open session. A decline is thrown as a card error and leaves the session open for another try; a card that
 * wants authentication gives the intent to authenticate.
 */
export function paySession(
  world: World,
  id: string,
  { method, payer }: { method: PaymentMethodRecord | undefined; payer: Payer },
): PayResult {
  const session = getOpenSession(world, id);
  checkChoices(world, secretsOf(world, id).choices);
  sessionSecrets(world).patch(id, { payer });
  if (!method) return purchase(world, requireFree(session), {});
  if (session.mode === 'setup')
    return saveMethod(world, session, { method: method.id, authenticated: false });
  if (session.amount_total === 0) return purchase(world, session, { method });
  const card = cardOf(world, method.id);
  const outcome = decideOutcome(card, { offSession: false, authenticated: false });
  if (outcome.kind !== 'declined' && outcome.kind !== 'requires_action')
    return purchase(world, session, { method });
  const intent = attemptIntent(world, session);
  confirmIntent(world, intent, { method: method.id, offSession: false, authenticated: false });
  if (outcome.kind === 'declined') throw declined(world, intent, outcome.decline);
  return { kind: 'authenticate', intent };
}

/** Completes a payment after authentication. */
export function finishSessionAuthentication(
  world: World,
  id: string,
  { method, passed }: { method: PaymentMethodRecord; passed: boolean },
): PayResult {
  const session = getOpenSession(world, id);
  if (session.setup_intent !== null) {
    if (!passed) finishSetup(world, session.setup_intent, passed);
    return saveMethod(world, session, { method: method.id, authenticated: true });
  }
  const intent = secretsOf(world, id).intent;
  if (intent === null) throw invalid('There is nothing to authenticate.');
  const refusal = passed ? cardOf(world, method.id)?.afterAuthentication : undefined;
  if (passed && !refusal) return purchase(world, session, { method, intent, authenticated: true });
  const outcome = finishAuthentication(world, intent, passed);
  if (outcome.kind === 'declined') throw declined(world, intent, outcome.decline);
  return { kind: 'complete' };
}

function getOpenSession(world: World, id: string): SessionRecord {
  const session = getSession(world, id);
  if (session.status === 'open') return session;
  throw invalid(
    `This Checkout Session is ${String(session.status)} and cannot be paid.`,
    undefined,
    'checkout_session_not_open',
  );
}

/** A payment method is optional only when nothing is due today and the session allows it. */
function requireFree(session: SessionRecord): SessionRecord {
  if (needsMethod(session)) throw missingParam('payment_method');
  return session;
}

function declined(world: World, intentId: string, decline: Decline): Error {
  const intent = getIntent(world, intentId);
  return cardError({ ...decline, charge: intent.latest_charge ?? '', payment_intent: intent });
}

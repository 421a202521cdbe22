import { noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import type { World } from '../../core/world';
import type { Decline } from '../payment-methods/cards';
import { cardOf, ibanOf, paymentMethods, resolvePaymentMethod } from '../payment-methods/payment-method';
import { type ChargeRecord, type ChargeResult, charges, recordCharge } from '../charges/charge';
import { type PaymentIntentRecord, paymentIntents } from './intent.record';
import {
  AUTHENTICATION_FAILED,
  AUTHENTICATION_REQUIRED,
  type Circumstances,
  decideOutcome,
  type Outcome,
  settlesWell,
} from './outcome';

/** The payment method and the circumstances of a payment attempt. */
export interface Attempt extends Circumstances {
  method: string;
  /** The attempt comes from the retry schedule, not from a person or a caller. */
  automatic?: boolean;
  /** Off session nobody can authenticate: the attempt is declined. */
  declinesAction?: boolean;
  /** The URL the bank's page returns to. */
  returnUrl?: string | undefined;
}

export function getIntent(world: World, id: string, param = 'intent'): PaymentIntentRecord {
  const intent = paymentIntents(world).find(id);
  if (!intent) throw noSuch('payment_intent', id, param);
  return intent;
}

/**
 * Tries to take the money of an intent. Emits the charge's and the intent's events and raises the signal of the
 * outcome; a decline is an outcome, not an exception.
 */
export function confirmIntent(world: World, id: string, how: Attempt): Outcome {
  const method = resolvePaymentMethod(world, how.method);
  const decided = decideOutcome(cardOf(world, method.id), how);
  const isDeclined = decided.kind === 'requires_action' && how.declinesAction;
  const outcome: Outcome = isDeclined ? { kind: 'declined', decline: AUTHENTICATION_REQUIRED } : decided;
  paymentIntents(world).patch(id, { payment_method: method.id });
  if (outcome.kind === 'succeeded') succeed(world, id);
  if (outcome.kind === 'declined') fail(world, id, outcome.decline);
  if (outcome.kind === 'requires_action') askForAuthentication(world, id, how.returnUrl ?? null);
  if (outcome.kind === 'processing') startProcessing(world, id);
  return outcome;
}

/** The customer passed or failed the bank's authentication of an intent that asked for it. */
export function finishAuthentication(world: World, id: string, passed: boolean): Outcome {
  const intent = getIntent(world, id);
  if (passed)
    return confirmIntent(world, id, {
      method: intent.payment_method ?? '',
      offSession: false,
      authenticated: true,
    });
  fail(world, id, AUTHENTICATION_FAILED);
  return { kind: 'declined', decline: AUTHENTICATION_FAILED };
}

/** The delayed result of a debit; decided by its IBAN unless the caller gives one. */
export function settleIntent(world: World, id: string, wanted?: 'succeeded' | 'failed'): void {
  const intent = getIntent(world, id);
  if (intent.status !== 'processing') return;
  const good = wanted ? wanted === 'succeeded' : settlesWell(ibanOf(world, intent.payment_method ?? ''));
  if (good) succeed(world, id);
  else
    fail(world, id, {
      code: 'payment_intent_payment_attempt_failed',
      message: 'The debit was refused by the bank.',
    });
}

function charge(world: World, id: string, result: ChargeResult): ChargeRecord {
  const { status, decline } = result;
  const intent = getIntent(world, id);
  const open = intent.latest_charge === null ? undefined : charges(world).find(intent.latest_charge);
  if (open?.status === 'pending') {
    return charges(world).patch(open.id, {
      status,
      paid: status === 'succeeded',
      balance_transaction: status === 'succeeded' ? newId('txn', 24) : null,
      failure_code: decline?.code ?? null,
      failure_message: decline?.message ?? null,
    });
  }
  const method = resolvePaymentMethod(world, intent.payment_method ?? '');
  return recordCharge(world, intent, { ...result, method });
}

function succeed(world: World, id: string): void {
  if (getIntent(world, id).capture_method === 'manual') {
    authorize(world, id);
    return;
  }
  const paid = charge(world, id, { status: 'succeeded' });
  const intent = paymentIntents(world).patch(id, {
    status: 'succeeded',
    amount_received: paid.amount,
    latest_charge: paid.id,
    last_payment_error: null,
    next_action: null,
    processing: null,
  });
  announceCharge(world, paid, intent);
  world.journal.emit('payment_intent.succeeded', intent);
  world.signals.raise('intent.succeeded', id);
}

/** With asynchronous capture, the default for payments, the balance transaction follows a moment later. */
function announceCharge(world: World, paid: ChargeRecord, { capture_method }: PaymentIntentRecord): void {
  if (capture_method !== 'automatic_async') {
    world.journal.emit('charge.succeeded', paid);
    return;
  }
  world.journal.emit('charge.succeeded', { ...paid, balance_transaction: null });
  world.journal.emit('charge.updated', paid, { previous: { balance_transaction: null }, delayMs: 1000 });
}

/** Authorizes the amount; it is captured later. */
function authorize(world: World, id: string): void {
  const reserved = charge(world, id, { status: 'succeeded' });
  const held = charges(world).patch(reserved.id, {
    ...untilCaptured(reserved),
  });
  const intent = paymentIntents(world).patch(id, {
    status: 'requires_capture',
    amount_capturable: held.amount,
    latest_charge: held.id,
    next_action: null,
  });
  world.journal.emit('charge.succeeded', held);
  world.journal.emit('payment_intent.amount_capturable_updated', intent);
}

const LONGEST_HOLD = 7 * 86_400;

/** What a charge says while its amount is only held. */
function untilCaptured({ created, payment_method_details }: ChargeRecord): Partial<ChargeRecord> {
  const { card } = payment_method_details ?? {};
  return {
    amount_captured: 0,
    balance_transaction: null,
    captured: false,
    ...(payment_method_details && card
      ? {
          payment_method_details: {
            ...payment_method_details,
            card: { ...card, capture_before: created + LONGEST_HOLD },
          },
        }
      : {}),
  };
}

function fail(world: World, id: string, decline: Decline): void {
  const { payment_method } = getIntent(world, id);
  const refused = charge(world, id, { status: 'failed', decline });
  const method = payment_method === null ? undefined : paymentMethods(world).find(payment_method);
  const intent = paymentIntents(world).patch(id, {
    status: 'requires_payment_method',
    latest_charge: refused.id,
    payment_method: null,
    next_action: null,
    processing: null,
    last_payment_error: {
      type: 'card_error',
      ...decline,
      charge: refused.id,
      ...(method ? { payment_method: method } : {}),
    } as PaymentIntentRecord['last_payment_error'],
  });
  world.journal.emit('charge.failed', refused);
  world.journal.emit('payment_intent.payment_failed', intent);
  world.signals.raise('intent.failed', id);
}

function askForAuthentication(world: World, id: string, return_url: string | null): void {
  const url = `${world.settings.publicUrl}/authenticate/${id}`;
  const next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url } };
  const intent = paymentIntents(world).patch(id, {
    status: 'requires_action',
    next_action: next_action as PaymentIntentRecord['next_action'],
  });
  world.journal.emit('payment_intent.requires_action', intent);
  world.signals.raise('intent.requires_action', id);
}

function startProcessing(world: World, id: string): void {
  const pending = charge(world, id, { status: 'pending' });
  const intent = paymentIntents(world).patch(id, {
    status: 'processing',
    latest_charge: pending.id,
  });
  world.journal.emit('charge.pending', pending);
  world.journal.emit('payment_intent.processing', intent);
  world.signals.raise('intent.processing', id);
}

import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import { findDefaultPayment, findPaymentOfIntent, intentOfPayment } from '../invoices/invoice-payment';
import { settleIntent } from '../payment-intents/payment-intent';
import { expireSession, getSession, type SessionRecord, sessions } from './session';

/** Registers expiry and the late answers of delayed payments. */
export function startSettlement(world: World): void {
  world.scheduler.on('session.expire', (id, at) => {
    const session = sessions(world).find(id);
    if (session?.status === 'open' && session.expires_at <= at) expireSession(world, id);
  });
  world.signals.on('intent.succeeded', (intent) => settle(world, intent, true));
  world.signals.on('intent.failed', (intent) => settle(world, intent, false));
}

/** Lets the delayed payment of a completed session succeed or fail now. */
export function settleSession(world: World, id: string, outcome: 'succeeded' | 'failed'): SessionRecord {
  const session = getSession(world, id);
  const intent = session.payment_intent ?? intentOfInvoice(world, session.invoice);
  if (session.status !== 'complete' || session.payment_status !== 'unpaid' || intent === undefined) {
    throw invalid('Only a completed, unpaid Checkout Session can be settled.', 'session');
  }
  settleIntent(world, intent, outcome);
  return getSession(world, id);
}

function intentOfInvoice(world: World, invoice: string | null): string | undefined {
  const payment = invoice === null ? undefined : findDefaultPayment(world, invoice);
  return payment && intentOfPayment(payment);
}

/** Applies only to sessions that completed unpaid; card payments settle before completion. */
function settle(world: World, intent: string, succeeded: boolean): void {
  const invoice = findPaymentOfIntent(world, intent)?.invoice;
  const session =
    sessions(world).where('payment_intent', intent)[0] ?? sessions(world).where('invoice', invoice ?? '')[0];
  if (session?.status !== 'complete' || session.payment_status !== 'unpaid') return;
  const settled = succeeded ? sessions(world).patch(session.id, { payment_status: 'paid' }) : session;
  world.journal.emit(`checkout.session.async_payment_${succeeded ? 'succeeded' : 'failed'}`, settled);
}

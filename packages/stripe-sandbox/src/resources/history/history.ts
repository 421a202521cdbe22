import type { World } from '../../core/world';
import { sessions, sessionSecrets } from '../checkout/session';
import { charges } from '../charges/charge';
import { creditNotes } from '../credit-notes/credit-note';
import { disputes } from '../disputes/dispute';
import { invoiceItems } from '../invoice-items/invoice-item';
import { type InvoiceRecord, invoices, subscriptionOf } from '../invoices/invoice';
import { removePayments, intentsOf } from '../invoices/invoice-payment';
import { paymentIntents } from '../payment-intents/intent.record';
import { portalSessions } from '../portal/session';
import { refunds } from '../refunds/refund';
import { subscriptions } from '../subscriptions/subscription';

const DAY = 86_400;
const FINISHED: ReadonlySet<string> = new Set(['paid', 'void', 'uncollectible']);

/**
 * Forgets what is finished and older than `keepDays` of business time, when that is set: invoices with their payments,
 * and sessions of pages. Stripe keeps all of it; a sandbox that runs for years need not. Looked for once a day, when an
 * invoice is paid. What a refund, a dispute, a credit note or a subscription still points to stays, and so does
 * everything on test clocks, which goes with its clock.
 */
export function startPruning(world: World): void {
  const { keepDays } = world.settings;
  if (keepDays === undefined) return;
  let lastDay = 0;
  world.signals.on('invoice.paid', () => {
    if (world.clock.owner !== null) return;
    const today = Math.floor(world.clock.now() / DAY);
    if (today === lastDay) return;
    lastDay = today;
    pruneHistory(world, (today - keepDays) * DAY);
  });
}

function pruneHistory(world: World, horizon: number): void {
  for (const invoice of invoices(world).oldestUntil(({ created }) => created >= horizon)) {
    if (isOver(world, invoice)) removeInvoice(world, invoice.id);
  }
  for (const session of sessions(world).oldestUntil(({ created }) => created >= horizon)) {
    if (session.status === 'open') continue;
    sessions(world).remove(session.id);
    sessionSecrets(world).remove(session.id);
  }
  portalSessions(world).prune(0, ({ created }) => created < horizon);
}

function isOver(world: World, invoice: InvoiceRecord): boolean {
  if (!FINISHED.has(String(invoice.status)) || invoice.test_clock !== null) return false;
  const owner = subscriptions(world).find(subscriptionOf(invoice) ?? '');
  if (owner?.latest_invoice === invoice.id || creditNotes(world).where('invoice', invoice.id).length > 0)
    return false;
  const taken = intentsOf(world, invoice.id).flatMap((intent) =>
    charges(world).where('payment_intent', intent),
  );
  return taken.every(
    ({ id }) => refunds(world).where('charge', id).length + disputes(world).where('charge', id).length === 0,
  );
}

function removeInvoice(world: World, id: string): void {
  for (const intent of intentsOf(world, id)) {
    for (const charge of charges(world).where('payment_intent', intent)) charges(world).remove(charge.id);
    paymentIntents(world).remove(intent);
  }
  removePayments(world, id);
  for (const item of invoiceItems(world).where('invoice', id)) invoiceItems(world).remove(item.id);
  invoices(world).remove(id);
}

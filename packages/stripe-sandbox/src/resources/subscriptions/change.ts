import { cardError } from '../../core/errors';
import type { World } from '../../core/world';
import { getCustomer } from '../customers/customer';
import { discountsFor } from '../discounts/discount';
import { claimItems, createInvoiceItem, lineOfItem, pendingItems } from '../invoice-items/invoice-item';
import { collectInvoice, finalizeInvoice, markUnchargeable, methodFor } from '../invoices/collection';
import { draftInvoice, type InvoiceRecord } from '../invoices/invoice';
import { decideOutcome } from '../payment-intents/outcome';
import { cardOf } from '../payment-methods/payment-method';
import { rememberDebit, rememberDebits } from './debits';
import { periodLines } from './lines';
import { creditsAtEnd, type PlannedChange } from './plan-change';
import { awaitChange, type PendingChange, showPending } from './pending-change';
import { schedulePeriodEnd } from './renewal';
import { changeSubscription, currentPeriod, getSubscription, type SubscriptionRecord } from './subscription';

/** How a change is paid. */
export interface ChangePayment {
  behaviour: PaymentBehaviour;
  /** The customer is not present. */
  offSession?: boolean;
}

export type PaymentBehaviour =
  'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete' | 'pending_if_incomplete';

/**
 * Does a planned change together with other changes of the same call: invoice items for the prorations, the new items,
 * and an invoice when there is one at once. With `error_if_incomplete` a card that would fail leaves everything as it
 * was.
 */
export function applyChange(
  world: World,
  id: string,
  asked: ChangePayment & { plan: PlannedChange; rest: Partial<SubscriptionRecord> },
): SubscriptionRecord {
  const { plan, rest, behaviour, offSession = false } = asked;
  const before = getSubscription(world, id);
  if (plan.invoicesNow && behaviour === 'error_if_incomplete') refuseDecline(world, before, offSession);
  if (plan.invoicesNow && behaviour === 'pending_if_incomplete') {
    return deferChange(world, before, { plan, rest, offSession });
  }
  for (const { item } of plan.prorations) createInvoiceItem(world, item);
  const changed = applyPlannedChange(world, before, { plan, rest });
  if (plan.invoicesNow) invoiceChange(world, changed, { plan, behaviour, offSession });
  return getSubscription(world, id);
}

/** Charges first; the change is applied when its invoice is paid. */
function deferChange(
  world: World,
  before: SubscriptionRecord,
  { plan, rest, offSession }: { plan: PlannedChange; rest: Partial<SubscriptionRecord>; offSession: boolean },
): SubscriptionRecord {
  for (const { item } of plan.prorations) createInvoiceItem(world, item);
  const draft = draftChange(world, { ...before, items: plan.items }, { plan, retries: false });
  if (!draft) return applyPlannedChange(world, before, { plan, rest });
  awaitChange(world, { id: before.id, invoice: draft.id, plan, rest, anchor: world.clock.now() });
  changeSubscription(world, before.id, { latest_invoice: draft.id });
  charge(world, finalizeInvoice(world, draft.id), { subscription: before, offSession });
  showPending(world, before.id);
  return getSubscription(world, before.id);
}

/** The new items, and the new period when there is one. */
export function applyPlannedChange(
  world: World,
  before: SubscriptionRecord,
  { plan, rest, anchor = world.clock.now() }: Pick<PendingChange, 'plan' | 'rest'> & { anchor?: number },
): SubscriptionRecord {
  for (const { debit } of plan.prorations) if (debit) rememberDebit(world, debit.of, debit);
  const period = newPeriodFields({ ...before, ...rest }, plan, anchor);
  const changed = changeSubscription(world, before.id, { ...rest, items: plan.items, ...period });
  if (!plan.isReset) return changed;
  const { end } = currentPeriod(changed);
  schedulePeriodEnd(world, changed);
  if (changed.cancel_at === end) world.scheduler.schedule('subscription.cancel', before.id, end);
  return changed;
}

/** A new period moves the anchor, and with it an end that was set for the end of the period. */
function newPeriodFields(
  before: SubscriptionRecord,
  plan: PlannedChange,
  anchor: number,
): Partial<SubscriptionRecord> {
  if (!plan.isReset) return {};
  const { end } = currentPeriod({ ...before, items: plan.items });
  return {
    billing_cycle_anchor: anchor,
    ...(before.cancel_at_period_end ? { cancel_at: end } : {}),
  };
}

/** Settles a subscription that is canceled now: credit for unused time, and an invoice for pending items. */
export function settleEnd(
  world: World,
  before: SubscriptionRecord,
  how: { prorate: boolean; invoiceNow: boolean },
): void {
  const now = world.clock.now();
  const credits = how.prorate ? creditsAtEnd(world, before, now) : [];
  for (const { item } of credits) createInvoiceItem(world, item);
  if (!how.invoiceNow) return;
  const plan = { items: before.items, prorations: [], isReset: false, invoicesNow: true };
  invoiceChange(world, before, { plan, behaviour: 'allow_incomplete' });
}

function invoiceChange(
  world: World,
  subscription: SubscriptionRecord,
  { plan, behaviour, offSession = false }: ChangePayment & { plan: PlannedChange },
): void {
  const invoice = draftChange(world, subscription, { plan, retries: true });
  if (!invoice) return;
  rememberDebits(world, invoice.lines.data);
  changeSubscription(world, subscription.id, { latest_invoice: invoice.id });
  const open = finalizeInvoice(world, invoice.id);
  if (behaviour !== 'default_incomplete') charge(world, open, { subscription, offSession });
}

/** The draft of what a change costs; undefined when it costs nothing at all. */
function draftChange(
  world: World,
  subscription: SubscriptionRecord,
  { plan, retries }: { plan: PlannedChange; retries: boolean },
): InvoiceRecord | undefined {
  const customer = getCustomer(world, subscription.customer);
  const period = currentPeriod(subscription);
  const pending = pendingItems(world, customer.id, { subscription: subscription.id, loose: false });
  const whole = plan.isReset ? periodLines(world, subscription, period) : [];
  if (pending.length + whole.length === 0) return undefined;
  const now = world.clock.now();
  const invoice = draftInvoice(world, {
    customer,
    currency: subscription.currency,
    billing_reason: 'subscription_update',
    lines: [...pending.map(lineOfItem), ...whole],
    subscription,
    period: { start: now, end: now },
    collection_method: subscription.collection_method,
    days_until_due: subscription.days_until_due,
    auto_advance: retries,
    discounts: discountsFor(world, subscription, customer),
  });
  claimItems(world, pending, invoice.id);
  return invoice;
}

function charge(
  world: World,
  invoice: InvoiceRecord,
  { subscription, offSession }: { subscription: SubscriptionRecord; offSession: boolean },
): void {
  if (invoice.status !== 'open' || invoice.collection_method !== 'charge_automatically') return;
  const method = methodFor(world, invoice, subscription.default_payment_method);
  if (method === undefined) markUnchargeable(world, invoice.id);
  else collectInvoice(world, invoice.id, { method, offSession, authenticated: false });
}

function refuseDecline(world: World, subscription: SubscriptionRecord, offSession: boolean): void {
  const customer = getCustomer(world, subscription.customer);
  const method = subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  const outcome = decideOutcome(cardOf(world, method ?? ''), { offSession, authenticated: false });
  if (outcome.kind === 'declined') throw cardError({ ...outcome.decline });
  if (outcome.kind !== 'requires_action') return;
  throw cardError({
    code: 'subscription_payment_intent_requires_action',
    message:
      'Payment for this subscription requires additional user action before it can be completed successfully.',
  });
}

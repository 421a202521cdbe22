import { boundary, periodEnd } from '../../billing/periods';
import { invalid } from '../../core/errors';
import { newId } from '../../core/random';
import type { World } from '../../core/world';
import { type CustomerRecord, setCustomerCurrency } from '../customers/customer';
import { collectInvoice, finalizeInvoice } from '../invoices/collection';
import { changeInvoice, draftInvoice, type InvoiceRecord } from '../invoices/invoice';
import type { DiscountChoice } from '../discounts/choice';
import { discountsFor, grantDiscounts } from '../discounts/discount';
import type { Outcome } from '../payment-intents/outcome';
import { buildSubscription, type WantedItem } from './build';
import { rememberDebits } from './debits';
import { periodLines, type TimeSpan } from './lines';
import { schedulePeriodEnd, scheduleTrialNotice } from './renewal';
import {
  announced,
  changeSubscription,
  getSubscription,
  type SubscriptionRecord,
  subscriptions,
} from './subscription';

const INCOMPLETE_LIFETIME = 23 * 3600;

export interface NewSubscription {
  customer: CustomerRecord;
  items: WantedItem[];
  default_payment_method?: string | null;
  /** What the first invoice is charged with, e.g. the customer's default. */
  chargeWith?: string | undefined;
  trialEnd?: number | null;
  metadata?: Record<string, string>;
  description?: string | null;
  collection_method?: 'charge_automatically' | 'send_invoice';
  days_until_due?: number | null;
  savesMethod?: boolean;
  trialWithoutMethod?: 'cancel' | 'create_invoice' | 'pause';
  cancel_at?: number | null;
  cancel_at_period_end?: boolean;
  billing_cycle_anchor?: number | undefined;
  /** With an anchor: the time until it costs nothing. */
  isFreeUntilAnchor?: boolean;
  /** The first payment is made later, in the customer's browser. */
  isDeferred?: boolean;
  /** An intent that already belongs to this purchase, and whether its customer was authenticated. */
  intent?: string | undefined;
  authenticated?: boolean;
  offSession?: boolean;
  discounts?: readonly DiscountChoice[];
}

export interface Started {
  subscription: SubscriptionRecord;
  outcome: Outcome;
}

/**
 * Starts a subscription with its first invoice. A paid (or free) first invoice makes it active, a delayed debit too; an
 * open one leaves it incomplete. Emits customer.subscription.created with the status it ends up in.
 */
export function startSubscription(world: World, wanted: NewSubscription): Started {
  const { trialEnd = null } = wanted;
  const subscription = withDiscounts(world, planSubscription(world, wanted), wanted.discounts ?? []);
  const { current_period_start: start, current_period_end: end } = firstItem(subscription);
  const invoice = draftInvoice(world, {
    customer: wanted.customer,
    currency: subscription.currency,
    billing_reason: 'subscription_create',
    lines: periodLines(world, subscription, {
      start,
      end,
      isTrial: trialEnd !== null,
      ...firstShare(wanted, start, end),
    }),
    subscription,
    period: { start, end: start },
    default_payment_method: null,
    collection_method: subscription.collection_method,
    days_until_due: subscription.days_until_due,
    auto_advance: true,
    discounts: discountsFor(world, subscription, wanted.customer),
  });
  rememberDebits(world, invoice.lines.data);
  subscriptions(world).patch(subscription.id, { latest_invoice: invoice.id });
  setCustomerCurrency(world, wanted.customer.id, subscription.currency);
  const outcome = isSent(invoice)
    ? sendLater(world, invoice)
    : payFirstInvoice(world, wanted, finalizeInvoice(world, invoice.id, wanted.intent));
  const started = settleStatus(world, subscription.id, outcome);
  announced(world).put({ id: subscription.id });
  world.journal.emit('customer.subscription.created', started);
  scheduleLife(world, started);
  return { subscription: getSubscription(world, subscription.id), outcome };
}

function withDiscounts(
  world: World,
  subscription: SubscriptionRecord,
  choices: readonly DiscountChoice[],
): SubscriptionRecord {
  subscriptions(world).put(subscription);
  const owner = { customer: subscription.customer, subscription: subscription.id };
  const granted = grantDiscounts(world, choices, owner);
  return subscriptions(world).patch(subscription.id, { discounts: granted.map(({ id }) => id) });
}

/** A first period shortened by an anchor costs its share of a whole one, or nothing. */
function firstShare(
  wanted: NewSubscription,
  start: number,
  end: number,
): { whole?: TimeSpan; isTrial?: boolean } {
  const cadence = wanted.items[0]?.price.recurring;
  if (wanted.trialEnd || wanted.billing_cycle_anchor === undefined || !cadence) return {};
  if (wanted.isFreeUntilAnchor) return { isTrial: true };
  const whole = { start: boundary(end, cadence, -1), end };
  return whole.start < start ? { whole } : {};
}

const UNDECIDED = {
  default_payment_method: null,
  metadata: {},
  description: null,
  collection_method: 'charge_automatically',
  days_until_due: null,
  savesMethod: false,
  trialWithoutMethod: 'create_invoice',
  trialEnd: null,
  cancel_at: null,
  cancel_at_period_end: false,
} as const;

function planSubscription(world: World, asked: NewSubscription): SubscriptionRecord {
  const wanted = { ...UNDECIDED, ...asked };
  const { trialEnd } = wanted;
  const now = world.clock.now();
  const cadence = wanted.items[0]?.price.recurring;
  if (!cadence) throw invalid('Subscriptions need a recurring price.', 'items');
  const anchor = trialEnd ?? wanted.billing_cycle_anchor ?? now;
  const natural = periodEnd(now, cadence, now);
  if (trialEnd === null && anchor > natural) {
    throw invalid(
      'billing_cycle_anchor cannot be later than next natural billing date for plan.',
      'billing_cycle_anchor',
    );
  }
  const end = anchor > now ? anchor : periodEnd(anchor, cadence, now);
  const subscription = buildSubscription({
    ...wanted,
    id: newId('sub', 24),
    now,
    period: { start: now, end },
    anchor,
    status: trialEnd === null ? 'incomplete' : 'trialing',
  });
  const cancel_at = wanted.cancel_at_period_end ? end : wanted.cancel_at;
  const canceled_at = cancel_at === null ? null : now;
  return { ...subscription, cancel_at, canceled_at, cancel_at_period_end: wanted.cancel_at_period_end };
}

function isSent({ collection_method, amount_due }: InvoiceRecord): boolean {
  return collection_method === 'send_invoice' && amount_due > 0;
}

/** An invoice to send is a draft for an hour; the subscription is active meanwhile. */
function sendLater(world: World, { id }: InvoiceRecord): Outcome {
  const at = world.clock.now() + world.settings.draftSeconds;
  changeInvoice(world, id, { automatically_finalizes_at: at });
  world.scheduler.schedule('invoice.finalize', id, at);
  return { kind: 'processing' };
}

function payFirstInvoice(world: World, wanted: NewSubscription, invoice: InvoiceRecord): Outcome {
  if (invoice.status === 'paid') return { kind: 'succeeded' };
  if (wanted.isDeferred || wanted.chargeWith === undefined) return { kind: 'requires_action' };
  return collectInvoice(world, invoice.id, {
    method: wanted.chargeWith,
    offSession: wanted.offSession ?? false,
    authenticated: wanted.authenticated ?? false,
  });
}

function settleStatus(world: World, id: string, outcome: Outcome): SubscriptionRecord {
  const subscription = getSubscription(world, id);
  const isStarted = outcome.kind === 'succeeded' || outcome.kind === 'processing';
  if (subscription.status !== 'incomplete' || !isStarted) return subscription;
  return changeSubscription(world, id, { status: 'active' });
}

function scheduleLife(world: World, subscription: SubscriptionRecord): void {
  const { id, created, trial_end, cancel_at } = subscription;
  schedulePeriodEnd(world, subscription);
  if (cancel_at !== null) world.scheduler.schedule('subscription.cancel', id, cancel_at);
  if (subscription.status === 'incomplete') {
    world.scheduler.schedule('subscription.incomplete', id, created + INCOMPLETE_LIFETIME);
  }
  if (trial_end !== null) scheduleTrialNotice(world, subscription, created);
}

function firstItem(subscription: SubscriptionRecord) {
  const item = subscription.items.data[0];
  if (!item) throw invalid('A subscription needs at least one item.', 'items');
  return item;
}

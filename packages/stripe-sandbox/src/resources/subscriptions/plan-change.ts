import { isDeepStrictEqual } from 'node:util';
import { type Debit, restOfPeriod, unusedPart } from '../../billing/proration';
import { periodEnd } from '../../billing/periods';
import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import { getCustomer } from '../customers/customer';
import { discountsFor } from '../discounts/discount';
import type { NewInvoiceItem } from '../invoice-items/invoice-item';
import { totalsOf } from '../invoices/totals';
import { products } from '../products/product';
import { findDebit, netOf } from './debits';
import { periodLines } from './lines';
import {
  currentPeriod,
  inPeriod,
  type SubscriptionItemRecord,
  type SubscriptionRecord,
} from './subscription';

export type ProrationBehaviour = 'create_prorations' | 'always_invoice' | 'none';

export interface AskedChange {
  items: SubscriptionRecord['items'];
  /** From when on it counts; not before the period, not after now. */
  at: number;
  behaviour: ProrationBehaviour;
  resetsAnchor: boolean;
}

export interface Proration {
  item: NewInvoiceItem;
  /** What the subscription item is debited with from now on; absent for credits. */
  debit?: Debit & { of: string };
}

/** The effects of a change, calculated but not applied. */
export interface PlannedChange {
  items: SubscriptionRecord['items'];
  prorations: Proration[];
  /** The period starts newPeriodFields now, and is invoiced in full. */
  isReset: boolean;
  /** There is an invoice at once; otherwise the prorations wait for the next one. */
  invoicesNow: boolean;
}

/**
 * Calculates a change of items. Another interval, or `billing_cycle_anchor: now`, starts a new period at once, which is
 * always invoiced; otherwise the period stays and only the difference is prorated. Nothing is prorated in a trial.
 */
export function planChange(world: World, before: SubscriptionRecord, asked: AskedChange): PlannedChange {
  const cadence = cadenceOf(asked.items.data);
  const isTrial = before.status === 'trialing';
  const isReset =
    !isTrial && (asked.resetsAnchor || !isDeepStrictEqual(cadence, cadenceOf(before.items.data)));
  const now = world.clock.now();
  const items = isReset
    ? inPeriod({ ...before, items: asked.items }, now, periodEnd(now, cadence, now))
    : asked.items;
  const prorates = asked.behaviour !== 'none' && !isTrial;
  const credits = prorates ? creditsFor(world, before, { ...asked, isReset }) : [];
  const charges = prorates && !isReset ? chargesFor(world, before, asked) : [];
  return {
    items,
    prorations: [...credits, ...charges].filter(({ item }) => item.amount !== 0),
    isReset,
    invoicesNow: isReset || (prorates && asked.behaviour === 'always_invoice'),
  };
}

function cadenceOf(items: readonly SubscriptionItemRecord[]): { interval: string; interval_count: number } {
  const [first, ...others] = items.map(({ price }) => price.recurring);
  if (!first) throw invalid('A subscription needs at least one item with a recurring price.', 'items');
  const { interval, interval_count } = first;
  if (others.some((other) => other?.interval !== interval || other.interval_count !== interval_count)) {
    throw invalid('Currently, all plans on a subscription must have the same billing interval.', 'items');
  }
  return { interval, interval_count };
}

function isChanged(item: SubscriptionItemRecord, others: readonly SubscriptionItemRecord[]): boolean {
  const other = others.find(({ id }) => id === item.id);
  return other?.price.id !== item.price.id || other.quantity !== item.quantity;
}

/** The credit for the rest of the period of a subscription that ends at `at`. */
export function creditsAtEnd(world: World, before: SubscriptionRecord, at: number): Proration[] {
  const asked = { items: before.items, at, behaviour: 'create_prorations', resetsAnchor: false } as const;
  return creditsFor(world, before, { ...asked, isReset: true }).filter(({ item }) => item.amount !== 0);
}

function creditsFor(
  world: World,
  before: SubscriptionRecord,
  { items, at, isReset }: AskedChange & { isReset: boolean },
): Proration[] {
  return before.items.data
    .filter((item) => isReset || isChanged(item, items.data))
    .map((item) => {
      const debit = findDebit(world, item.id) ?? { amount: 0, start: at, end: at };
      const amount = -unusedPart(debit, at);
      const words = { amount: amount === 0 ? 0 : amount, period: { start: at, end: debit.end } };
      return {
        item: prorationItem(
          world,
          { subscription: before, item },
          { ...words, description: 'Unused time on' },
        ),
      };
    });
}

/** The cost of every item for the rest of the period. */
export function chargesForRest(world: World, subscription: SubscriptionRecord, at: number): Proration[] {
  return charges(world, subscription, { items: subscription.items, at, concerns: () => true }).filter(
    ({ item }) => item.amount !== 0,
  );
}

function chargesFor(world: World, before: SubscriptionRecord, { items, at }: AskedChange): Proration[] {
  const concerns = (item: SubscriptionItemRecord) => isChanged(item, before.items.data);
  return charges(world, before, { items, at, concerns });
}

/** The rest of the period at the new price, net of the discounts that a whole period would have. */
function charges(
  world: World,
  before: SubscriptionRecord,
  wanted: Pick<AskedChange, 'items' | 'at'> & { concerns: (item: SubscriptionItemRecord) => boolean },
): Proration[] {
  const { items, at, concerns } = wanted;
  const period = currentPeriod(before);
  const lines = periodLines(world, { ...before, items }, period);
  const discounts = discountsFor(world, before, getCustomer(world, before.customer));
  const net = totalsOf(world, lines, discounts).lines.map(netOf);
  return items.data.flatMap((item, i) => {
    if (!concerns(item)) return [];
    const debit = { amount: restOfPeriod(net[i] ?? 0, period, at), start: at, end: period.end };
    const words = { amount: debit.amount, period: { start: at, end: period.end } };
    const charge = prorationItem(
      world,
      { subscription: before, item },
      { ...words, description: 'Remaining time on' },
    );
    return [{ item: charge, debit: { ...debit, of: item.id } }];
  });
}

function prorationItem(
  world: World,
  { subscription, item }: { subscription: SubscriptionRecord; item: SubscriptionItemRecord },
  words: { amount: number; period: { start: number; end: number }; description: string },
): NewInvoiceItem {
  const name = products(world).find(item.price.product)?.name ?? 'subscription';
  const many = item.quantity === 1 ? '' : `${item.quantity} × `;
  const date = new Date(words.period.start * 1000).toLocaleDateString('en-GB', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  });
  return {
    ...words,
    description: `${words.description} ${many}${name} after ${date}`,
    customer: subscription.customer,
    currency: subscription.currency,
    price: item.price,
    quantity: item.quantity,
    proration: true,
    subscription: { id: subscription.id, item: item.id },
    metadata: {},
  };
}

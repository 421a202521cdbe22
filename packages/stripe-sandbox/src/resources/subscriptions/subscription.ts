import type Stripe from 'stripe';
import { previousAttributes } from '../../core/diff';
import { noSuch } from '../../core/errors';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { PriceRecord } from '../prices/price';

export type SubscriptionItemRecord = Omit<Stripe.SubscriptionItem, 'price' | 'plan' | 'deleted'> & {
  price: PriceRecord;
  plan: object;
  quantity: number;
};

export type SubscriptionRecord = Omit<
  Stripe.Subscription,
  'customer' | 'items' | 'latest_invoice' | 'default_payment_method' | 'pending_setup_intent' | 'schedule'
> & {
  customer: string;
  items: {
    object: 'list';
    data: SubscriptionItemRecord[];
    has_more: boolean;
    total_count: number;
    url: string;
  };
  /** That of its only item. */
  plan: object | null;
  quantity: number | null;
  latest_invoice: string | null;
  default_payment_method: string | null;
  pending_setup_intent: string | null;
  schedule: string | null;
};

/** Set once customer.subscription.created was emitted; earlier changes belong to the creation. */
interface Announcement {
  id: string;
}

export const subscriptions = defineCollection<SubscriptionRecord>('subscriptions', ['customer']);
export const announced = defineCollection<Announcement>('_announced_subscriptions');

const OVER: ReadonlySet<string> = new Set(['canceled', 'incomplete_expired']);

export function isOver(subscription: SubscriptionRecord): boolean {
  return OVER.has(subscription.status);
}

export function getSubscription(world: World, id: string, param = 'id'): SubscriptionRecord {
  const subscription = subscriptions(world).find(id);
  if (!subscription) throw noSuch('subscription', id, param);
  return subscription;
}

/** Changes a subscription; emits customer.subscription.updated once it is announced and something differs. */
export function changeSubscription(
  world: World,
  id: string,
  change: Partial<SubscriptionRecord>,
): SubscriptionRecord {
  const before = getSubscription(world, id);
  const after = subscriptions(world).patch(id, {
    ...change,
    ...(change.items ? withItems(change.items) : {}),
  });
  const previous = previousAttributes(before, after);
  if (announced(world).find(id) && Object.keys(previous).length > 0) {
    world.journal.emit('customer.subscription.updated', after, { previous });
  }
  return after;
}

/** The items with what Stripe shows of them on the subscription itself: their count, and the plan of an only one. */
export function withItems(
  items: Omit<SubscriptionRecord['items'], 'total_count'>,
): Pick<SubscriptionRecord, 'items' | 'plan' | 'quantity'> {
  const [first, ...others] = items.data;
  const sole = others.length === 0 ? first : undefined;
  return {
    items: { ...items, total_count: items.data.length },
    plan: sole?.plan ?? null,
    quantity: sole?.quantity ?? null,
  };
}

/** The period the subscription is in; all its items share one cadence here. */
export function currentPeriod(subscription: SubscriptionRecord): { start: number; end: number } {
  const item = subscription.items.data[0];
  return { start: item?.current_period_start ?? 0, end: item?.current_period_end ?? 0 };
}

/** The items with another period. */
export function inPeriod(
  subscription: SubscriptionRecord,
  start: number,
  end: number,
): SubscriptionRecord['items'] {
  return {
    ...subscription.items,
    data: subscription.items.data.map((item) => ({
      ...item,
      current_period_start: start,
      current_period_end: end,
    })),
  };
}

import { noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import type { FormMap } from '../../http/form';
import { Input } from '../../http/input';
import { paginate } from '../../http/pagination';
import { NOTHING } from '../../http/parameters';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import {
  getSubscription,
  type SubscriptionItemRecord,
  type SubscriptionRecord,
  subscriptions,
} from '../subscriptions/subscription';
import { updateSubscription } from '../subscriptions/update';
import { onClockOf } from '../test-clocks/test-clock';
import * as accepts from './subscription-item.parameters';

/** Subscription items as a resource; each change updates their subscription. */
export const subscriptionItemResource: Resource = {
  routes: [
    { method: 'POST', path: '/subscription_items', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/subscription_items', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/subscription_items/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => ownerOf(world, part('id')).item,
    },
    { method: 'POST', path: '/subscription_items/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'DELETE', path: '/subscription_items/:id', accepts: accepts.DELETE, handle: remove },
  ],
};

function ownerOf(
  world: World,
  id: string,
): { subscription: SubscriptionRecord; item: SubscriptionItemRecord } {
  for (const subscription of subscriptions(world).all()) {
    const item = subscription.items.data.find((candidate) => candidate.id === id);
    if (item) return { subscription, item };
  }
  throw noSuch('subscription_item', id);
}

function list({ world, input }: Call): object {
  const { items } = getSubscription(world, input.requiredText('subscription'), 'subscription');
  return paginate(items.data, input, '/v1/subscription_items');
}

function create(call: Call): object {
  const { world, input } = call;
  const { id } = getSubscription(world, input.requiredText('subscription'), 'subscription');
  input.requiredText('price');
  const known = new Set(getSubscription(world, id).items.data.map((item) => item.id));
  const after = change(call, id, {});
  return after.items.data.find((item) => !known.has(item.id)) ?? after;
}

function update(call: Call): object {
  const { world, part } = call;
  const { subscription, item } = ownerOf(world, part('id'));
  change(call, subscription.id, { id: item.id });
  return ownerOf(world, item.id).item;
}

function remove(call: Call): object {
  const { world, part } = call;
  const { subscription, item } = ownerOf(world, part('id'));
  change(call, subscription.id, { id: item.id, deleted: 'true' });
  return { id: item.id, object: 'subscription_item', deleted: true };
}

const OF_THE_ITEM = ['metadata', 'price', 'quantity'] as const;
const OF_THE_CHANGE = ['off_session', 'payment_behavior', 'proration_behavior', 'proration_date'] as const;

function change({ world, input, version }: Call, id: string, item: FormMap): SubscriptionRecord {
  const wanted = {
    ...pick(input.values, OF_THE_CHANGE),
    items: [{ ...item, ...pick(input.values, OF_THE_ITEM) }],
  };
  const call = { world, input: new Input(wanted), version, part: () => id };
  onClockOf(world, [id], () => updateSubscription(call));
  return getSubscription(world, id);
}

function pick(values: FormMap, names: readonly string[]): FormMap {
  return Object.fromEntries(
    names.flatMap((name) => (name in values ? [[name, values[name]]] : [])),
  ) as FormMap;
}

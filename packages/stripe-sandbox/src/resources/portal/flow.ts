import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { getPrice } from '../prices/price';
import { getSubscription } from '../subscriptions/subscription';
import type { PortalSession } from './session';

type Flow = NonNullable<PortalSession['flow']>;

const TYPES = [
  'payment_method_update',
  'subscription_cancel',
  'subscription_update',
  'subscription_update_confirm',
] as const;
const ENDS = ['hosted_confirmation', 'portal_homepage', 'redirect'] as const;

/** Reads `flow_data`: the flow of a portal session and its after-completion behavior. */
export function readFlow(world: World, input: Input, customer: string): Flow | null {
  const type = input.choice('type', TYPES);
  if (type === undefined) return null;
  const about = (name: (typeof TYPES)[number]) =>
    type === name ? { subscription: ownSubscription(world, input.map(name), customer) } : null;
  if (type === 'subscription_cancel') checkCancel(world, input.map(type));
  if (type === 'subscription_update_confirm') checkChanges(world, input.map(type));
  const cancel = about('subscription_cancel');
  const confirm = about('subscription_update_confirm');
  return {
    after_completion: readEnd(input.map('after_completion')),
    customer_update: null,
    subscription_cancel: cancel && { ...cancel, retention: null },
    subscription_pause: null,
    subscription_update: about('subscription_update'),
    subscription_update_confirm: confirm && { ...confirm, discounts: null, items: readItems(world, input) },
    type,
  };
}

function ownSubscription(world: World, input: Input, customer: string): string {
  const subscription = getSubscription(world, input.requiredText('subscription'), input.path('subscription'));
  if (subscription.customer === customer) return subscription.id;
  throw invalid('The subscription belongs to another customer.', input.path('subscription'));
}

function checkCancel(world: World, input: Input): void {
  const { cancel_at } = getSubscription(
    world,
    input.requiredText('subscription'),
    input.path('subscription'),
  );
  if (cancel_at === null) return;
  throw invalid('This subscription is already set to be canceled.', input.path('subscription'));
}

/** A confirmation needs something to confirm, on items that exist. */
function checkChanges(world: World, input: Input): void {
  const subscription = getSubscription(world, input.requiredText('subscription'), input.path('subscription'));
  const changes = input.maps('items').map((entry) => {
    const id = entry.requiredText('id');
    const item = subscription.items.data.find((candidate) => candidate.id === id);
    if (!item) throw invalid(`No such subscription_item: '${id}'`, entry.path('id'), 'resource_missing');
    const quantity = entry.integer('quantity') ?? item.quantity;
    return (entry.text('price') ?? item.price.id) !== item.price.id || quantity !== item.quantity;
  });
  if (!changes.includes(true)) throw invalid('There are no changes to confirm.', input.path('items'));
}

function readItems(world: World, input: Input): Array<{ id: string; price: string; quantity: number }> {
  return input
    .map('subscription_update_confirm')
    .maps('items')
    .map((entry) => ({
      id: entry.requiredText('id'),
      price: getPrice(world, entry.requiredText('price'), entry.path('price')).id,
      quantity: entry.integer('quantity') ?? 1,
    }));
}

function readEnd(input: Input): Flow['after_completion'] {
  const type = input.choice('type', ENDS) ?? 'portal_homepage';
  return {
    hosted_confirmation:
      type === 'hosted_confirmation'
        ? { custom_message: input.map('hosted_confirmation').text('custom_message') ?? null }
        : null,
    redirect: type === 'redirect' ? { return_url: input.map('redirect').requiredText('return_url') } : null,
    type,
  };
}

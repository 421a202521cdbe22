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

function readItems(world: World, input: Input): Array<{ id: string; price: string; quantity: number }> {
  return input
    .map('subscription_update_confirm')
    .maps('items')
    .map((entry) => ({
      id: entry.requiredText('id'),
      price: getPrice(world, entry.requiredText('price'), entry.path('price')).id,
      quantity: 1,
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

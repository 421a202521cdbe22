import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { BillingState } from 'src/modules/payments/domain/billing-state';
import { SUBSCRIPTION_STATUSES } from 'src/modules/payments/domain/subscription';
import { idOf, idOrNull } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

const date = (seconds: number): Date => new Date(seconds * 1000);
/** Methods that succeed or fail within the request. */
const INSTANT: readonly string[] = ['card', 'link'];

/** A subscription with everything that decides how it may be changed. */
@Injectable()
export class StripeBillingState {
  constructor(private readonly gateway: StripeGateway) {}

  async read(subscriptionId: string): Promise<BillingState> {
    const subscription = await this.gateway.call((stripe) =>
      stripe.subscriptions.retrieve(subscriptionId, {
        expand: ['default_payment_method', 'customer.invoice_settings.default_payment_method'],
      }),
    );
    return toBillingState(subscription);
  }
}

function toBillingState(subscription: Stripe.Subscription): BillingState {
  const items = subscription.items.data;
  const [item] = items;
  if (item === undefined) throw new Error(`subscription ${subscription.id} has no items`);
  const end = date(Math.max(...items.map(({ current_period_end }) => current_period_end)));
  const { cancel_at: cancelAt, canceled_at: canceledAt, cancel_at_period_end: atPeriodEnd } = subscription;
  return {
    id: subscription.id,
    customerId: idOf(subscription.customer),
    status: SUBSCRIPTION_STATUSES.find((known) => known === subscription.status) ?? 'unknown',
    currentPeriodStart: date(Math.max(...items.map(({ current_period_start }) => current_period_start))),
    currentPeriodEnd: end,
    cancelAt: cancelAt === null ? (atPeriodEnd ? end : null) : date(cancelAt),
    cancelAtPeriodEnd: atPeriodEnd,
    canceledAt: canceledAt === null ? null : date(canceledAt),
    scheduleId: idOrNull(subscription.schedule),
    itemId: item.id,
    priceId: item.price.id,
    paysLater: paysLater(subscription),
    hasPendingUpdate: subscription.pending_update !== null,
  };
}

function paysLater({
  collection_method: collection,
  default_payment_method: own,
  customer,
}: Stripe.Subscription): boolean {
  if (collection === 'send_invoice') return true;
  const ofCustomer =
    typeof customer === 'string' || customer.deleted
      ? null
      : customer.invoice_settings.default_payment_method;
  const method = own ?? ofCustomer;
  return method !== null && typeof method !== 'string' && !INSTANT.includes(method.type);
}

import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { SubscriptionSnapshot } from 'src/modules/payments/domain/subscription';
import { isResourceMissing } from './stripe-errors';
import { oldestFinalisation, toSubscriptionSnapshot } from './stripe-subscription.mapper';
import { StripeGateway } from './stripe.gateway';

const PAGE = 100;

/** All that Stripe says about a customer at one moment. */
export interface CustomerSnapshot {
  readonly deleted: boolean;
  readonly subscriptions: readonly SubscriptionSnapshot[];
}

/** Customers and their current billing state. */
@Injectable()
export class StripeCustomers {
  constructor(private readonly gateway: StripeGateway) {}

  /** Creates the customer of a user; repeating the same key gives the same customer. */
  async create(
    params: { userId: string; email: string; name: string },
    idempotencyKey: string,
  ): Promise<string> {
    const { userId, email, name } = params;
    const customer = await this.gateway.call((stripe) =>
      stripe.customers.create({ email, name, metadata: { user_id: userId } }, { idempotencyKey }),
    );
    return customer.id;
  }

  /**
   * Current subscriptions of every status, all pages, with their latest invoice. A customer that Stripe does not know
   * at all is an error, never "no subscriptions": a key of another account must not end everybody's access.
   */
  async fetch(customerId: string): Promise<CustomerSnapshot> {
    const [deleted, subscriptions] = await Promise.all([
      this.isDeleted(customerId),
      this.listSubscriptions(customerId),
    ]);
    return {
      deleted,
      subscriptions: await Promise.all(subscriptions.map((subscription) => this.toSnapshot(subscription))),
    };
  }

  private async isDeleted(customerId: string): Promise<boolean> {
    const customer = await this.gateway.call((stripe) => stripe.customers.retrieve(customerId));
    return customer.deleted === true;
  }

  private async listSubscriptions(customerId: string): Promise<Stripe.Subscription[]> {
    try {
      return await this.gateway.call((stripe) =>
        stripe.subscriptions
          .list({ customer: customerId, status: 'all', limit: PAGE, expand: ['data.latest_invoice'] })
          .autoPagingToArray({ limit: 10_000 }),
      );
    } catch (error) {
      // A deleted customer cannot be listed; isDeleted, which runs beside this, proves that it existed.
      if (isResourceMissing(error)) return [];
      throw error;
    }
  }

  private async toSnapshot(subscription: Stripe.Subscription): Promise<SubscriptionSnapshot> {
    if (subscription.status !== 'past_due') return toSubscriptionSnapshot(subscription);
    const open = await this.gateway.call((stripe) =>
      stripe.invoices
        .list({ subscription: subscription.id, status: 'open', limit: PAGE })
        .autoPagingToArray({ limit: 1000 }),
    );
    return toSubscriptionSnapshot(subscription, oldestFinalisation(open));
  }
}

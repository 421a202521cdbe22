import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { SUBSCRIPTION_STATUSES, type ListedSubscription } from 'src/modules/payments/domain/subscription';
import { idOf } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

const PAGE = 100;

/** Waits until the next request may be sent. */
export type Pace = () => Promise<void>;

const date = (seconds: number): Date => new Date(seconds * 1000);

/** Everything that the account has, page by page. Reads only. */
@Injectable()
export class StripeListing {
  constructor(private readonly gateway: StripeGateway) {}

  /** Every subscription that is not canceled, newest first. Throws StripeUnavailableError. */
  async *subscriptions(pace: Pace): AsyncGenerator<readonly ListedSubscription[]> {
    yield* this.pages(pace, (stripe, page) => stripe.subscriptions.list(page), toListed);
  }

  /** The ids of every customer that is not deleted, newest first. */
  async *customerIds(pace: Pace): AsyncGenerator<readonly string[]> {
    yield* this.pages(
      pace,
      (stripe, page) => stripe.customers.list(page),
      ({ id }) => id,
    );
  }

  /** Undefined when the account has no such subscription. */
  async findSubscription(id: string): Promise<ListedSubscription | undefined> {
    const subscription = await this.gateway.find((stripe) => stripe.subscriptions.retrieve(id));
    return subscription && toListed(subscription);
  }

  private async *pages<T extends { id: string }, R>(
    pace: Pace,
    list: (stripe: Stripe, page: { limit: number; starting_after?: string }) => Promise<Stripe.ApiList<T>>,
    read: (object: T) => R,
  ): AsyncGenerator<readonly R[]> {
    let after: string | undefined;
    for (;;) {
      await pace();
      const from = after === undefined ? {} : { starting_after: after };
      const page = await this.gateway.call((stripe) => list(stripe, { limit: PAGE, ...from }));
      yield page.data.map(read);
      after = page.data.at(-1)?.id;
      if (!page.has_more || after === undefined) return;
    }
  }
}

function toListed(subscription: Stripe.Subscription): ListedSubscription {
  const periodEnd = date(Math.max(...subscription.items.data.map((item) => item.current_period_end)));
  return {
    id: subscription.id,
    customerId: idOf(subscription.customer),
    status: SUBSCRIPTION_STATUSES.find((known) => known === subscription.status) ?? 'unknown',
    currentPeriodEnd: periodEnd,
    cancelAt: subscription.cancel_at
      ? date(subscription.cancel_at)
      : subscription.cancel_at_period_end
        ? periodEnd
        : null,
    productIds: subscription.items.data.map(({ price }) => idOf(price.product)),
  };
}

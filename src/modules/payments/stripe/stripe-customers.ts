import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { InvoiceListing } from 'src/modules/payments/domain/invoice';
import type { SubscriptionSnapshot } from 'src/modules/payments/domain/subscription';
import { StripeInvoices } from './stripe-invoices';
import { toSubscriptionSnapshot } from './stripe-subscription.mapper';
import { StripeGateway } from './stripe.gateway';

const PAGE = 100;

/** All that Stripe says about a customer at one moment. */
export interface CustomerSnapshot {
  readonly deleted: boolean;
  readonly subscriptions: readonly SubscriptionSnapshot[];
  /** Undefined when Stripe lists none any more: what is stored stays. */
  readonly invoices: InvoiceListing | undefined;
}

/** Customers and their current billing state. */
@Injectable()
export class StripeCustomers {
  constructor(
    private readonly gateway: StripeGateway,
    private readonly invoices: StripeInvoices,
  ) {}

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

  async update(
    customerId: string,
    { email, name }: { email: string; name: string },
    idempotencyKey: string,
  ): Promise<void> {
    await this.gateway.call((stripe) =>
      stripe.customers.update(customerId, { email, name }, { idempotencyKey }),
    );
  }

  /** False only when the account of the key has never had this customer. */
  async isKnown(customerId: string): Promise<boolean> {
    return (await this.gateway.find((stripe) => stripe.customers.retrieve(customerId))) !== undefined;
  }

  /**
   * Current subscriptions of every status, all pages, with their latest invoice, and the invoices since. A customer that
   * Stripe does not know at all is an error, never "no subscriptions": a key of another account must not end everybody's
   * access. Four calls: the number does not grow with what was stored before.
   */
  async fetch(customerId: string, invoicesSince: Date | null): Promise<CustomerSnapshot> {
    const [deleted, subscriptions, invoices] = await Promise.all([
      this.isDeleted(customerId),
      this.listSubscriptions(customerId),
      this.invoices.list(customerId, invoicesSince),
    ]);
    return {
      deleted,
      subscriptions: subscriptions.map((subscription) =>
        toSubscriptionSnapshot(subscription, oldestUnpaid(subscription, invoices)),
      ),
      invoices,
    };
  }

  private async isDeleted(customerId: string): Promise<boolean> {
    const customer = await this.gateway.call((stripe) => stripe.customers.retrieve(customerId));
    return customer.deleted === true;
  }

  private async listSubscriptions(customerId: string): Promise<Stripe.Subscription[]> {
    const subscriptions = await this.gateway.find((stripe) =>
      stripe.subscriptions
        .list({ customer: customerId, status: 'all', limit: PAGE, expand: ['data.latest_invoice'] })
        .autoPagingToArray({ limit: 10_000 }),
    );
    // A deleted customer cannot be listed; isDeleted, which runs beside this, proves that it existed.
    return subscriptions ?? [];
  }
}

/** When the oldest invoice still unpaid was finalised: from there the past_due grace runs. */
function oldestUnpaid({ id, status }: Stripe.Subscription, listing: InvoiceListing | undefined): Date | null {
  if (status !== 'past_due') return null;
  const open = (listing?.invoices ?? []).filter(
    (invoice) => invoice.subscriptionId === id && invoice.status === 'open',
  );
  const times = open.map(({ finalizedAt, createdAt }) => (finalizedAt ?? createdAt).getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

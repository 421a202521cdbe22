import { Injectable } from '@nestjs/common';
import { CheckoutSessionsRepository } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { StripeCheckout, type CheckoutSnapshot } from 'src/modules/payments/stripe/stripe-checkout';
import { StripeCustomers, type CustomerSnapshot } from 'src/modules/payments/stripe/stripe-customers';
import { CustomerDirectory } from './customer-directory';

/** Whose customer it is, what Stripe says of it, and which products count. */
export interface CustomerState {
  readonly userId: string;
  readonly snapshot: CustomerSnapshot;
  readonly premiumProductIds: ReadonlySet<string>;
  /** The user's open Checkout Session as Stripe sees it now. */
  readonly checkout: CheckoutSnapshot | undefined;
}

/** Gathers, before any transaction is open, everything a sync writes. */
@Injectable()
export class CustomerStateReader {
  constructor(
    private readonly directory: CustomerDirectory,
    private readonly stripe: StripeCustomers,
    private readonly plans: PlansService,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly stripeCheckout: StripeCheckout,
  ) {}

  /** Undefined when the customer was never bound to a user of ours: somebody else's purchase on the same account. */
  async read(customerId: string): Promise<CustomerState | undefined> {
    const userId = await this.directory.findOwner(customerId);
    if (userId === undefined) return undefined;
    const [snapshot, premiumProductIds, checkout] = await Promise.all([
      this.stripe.fetch(customerId),
      this.plans.getPremiumProductIds(),
      this.readOpenCheckout(userId),
    ]);
    return { userId, snapshot, premiumProductIds, checkout };
  }

  private async readOpenCheckout(userId: string): Promise<CheckoutSnapshot | undefined> {
    const open = await this.sessions.findOpen(userId);
    if (open === undefined) return undefined;
    const { stripeSessionId: id, url, expiresAt } = open;
    const gone = { id, url, expiresAt, status: 'expired', paymentStatus: 'unpaid' } as const;
    return (await this.stripeCheckout.find(id)) ?? gone;
  }
}

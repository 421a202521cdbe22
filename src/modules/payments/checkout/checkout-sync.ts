import { Injectable } from '@nestjs/common';
import type { SyncContributor, SyncWrite } from 'src/modules/payments/sync/sync-contributor';
import { StripeCheckout } from 'src/modules/payments/stripe/stripe-checkout';
import { CheckoutSessionsRepository } from './persistence/checkout-sessions.repository';

/** The open checkout's part of every sync: what Stripe says of it now. */
@Injectable()
export class CheckoutSync implements SyncContributor {
  constructor(
    private readonly sessions: CheckoutSessionsRepository,
    private readonly stripe: StripeCheckout,
  ) {}

  async prepare(userId: string): Promise<SyncWrite | undefined> {
    const open = await this.sessions.findOpen(userId);
    if (open === undefined) return undefined;
    const { stripeSessionId: id, url, expiresAt } = open;
    // A session that Stripe does not know can no longer be paid.
    const unknown = { id, url, expiresAt, status: 'expired', paymentStatus: 'unpaid' } as const;
    const current = (await this.stripe.find(id)) ?? unknown;
    return () => this.sessions.update(current);
  }

  forgetCustomer(customerId: string): Promise<void> {
    return this.sessions.closeOfCustomer(customerId);
  }
}

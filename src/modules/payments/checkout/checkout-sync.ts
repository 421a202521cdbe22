import { Injectable, Logger } from '@nestjs/common';
import { CustomerBusyError } from 'src/engine/engine.errors';
import { isLive } from 'src/modules/payments/domain/subscription';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { StripeCheckout, type CheckoutSnapshot } from 'src/modules/payments/stripe/stripe-checkout';
import type { CustomerSnapshot } from 'src/modules/payments/stripe/stripe-customers';
import type { ReadCustomer, SyncContributor, SyncWrite } from 'src/modules/payments/sync/sync-contributor';
import { CheckoutExpiry } from './checkout-expiry';
import { CheckoutSessionsRepository, type StoredCheckout } from './persistence/checkout-sessions.repository';

/**
 * The open checkout's part of every sync: what Stripe says of it now. A link that is still open beside a live
 * subscription is expired, because paying it would charge twice.
 */
@Injectable()
export class CheckoutSync implements SyncContributor {
  private readonly logger = new Logger(CheckoutSync.name);

  constructor(
    private readonly sessions: CheckoutSessionsRepository,
    private readonly stripe: StripeCheckout,
    private readonly plans: PlansService,
    private readonly expiry: CheckoutExpiry,
  ) {}

  async prepare({ userId, snapshot }: ReadCustomer): Promise<SyncWrite | undefined> {
    const open = await this.sessions.findOpen(userId);
    if (open === undefined) return undefined;
    const current = await this.read(open);
    const isStale = current.status === 'open' && (await this.hasLive(await snapshot));
    const settled = isStale ? await this.expire(open, current) : current;
    return () => this.sessions.update(settled);
  }

  forgetCustomer(customerId: string): Promise<void> {
    return this.sessions.closeOfCustomer(customerId);
  }

  private async read({ stripeSessionId: id, url, expiresAt }: StoredCheckout): Promise<CheckoutSnapshot> {
    // A session that Stripe does not know can no longer be paid.
    const unknown = { id, url, expiresAt, status: 'expired', paymentStatus: 'unpaid' } as const;
    return (await this.stripe.find(id)) ?? unknown;
  }

  private async hasLive({ subscriptions }: CustomerSnapshot): Promise<boolean> {
    const products = await this.plans.getPremiumProductIds();
    const ours = subscriptions.filter(({ items }) => items.some(({ productId }) => products.has(productId)));
    return ours.some(({ status }) => isLive(status) && status !== 'unpaid' && status !== 'paused');
  }

  private async expire(open: StoredCheckout, current: CheckoutSnapshot): Promise<CheckoutSnapshot> {
    try {
      this.logger.log({ session: open.stripeSessionId }, 'payment link expired: a subscription is live');
      return await this.expiry.expire(open, 'sync');
    } catch (error) {
      // Paid a moment ago, or expired by a request at this moment: the next sync sees which.
      if (error instanceof StripeRejectedError) return this.read(open);
      if (error instanceof CustomerBusyError) return current;
      throw error;
    }
  }
}

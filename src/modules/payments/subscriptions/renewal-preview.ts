import { Injectable } from '@nestjs/common';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import {
  StripeUnpaidInvoices,
  type UpcomingInvoice,
} from 'src/modules/payments/stripe/stripe-unpaid-invoices';
import { ScheduledPlanChangesRepository } from './persistence/scheduled-plan-changes.repository';

/** What the next renewal of a subscription will charge. */
@Injectable()
export class RenewalPreview {
  constructor(
    private readonly stripe: StripeUnpaidInvoices,
    private readonly changes: ScheduledPlanChangesRepository,
    private readonly plans: PlansService,
  ) {}

  /** Undefined when it does not renew. Throws StripeUnavailableError. */
  async find(subscription: StoredSubscription): Promise<UpcomingInvoice | undefined> {
    const { id, status, cancelAt, currentPeriodEnd, plan } = subscription;
    if (cancelAt !== null || (status !== 'active' && status !== 'trialing')) return undefined;
    const change = await this.changes.findActive(id);
    // Stripe previews the present price, but the scheduled plan begins with the renewal.
    return change === undefined || change.plan === plan
      ? this.stripe.preview(id, currentPeriodEnd)
      : this.priceOf(change.plan, currentPeriodEnd);
  }

  private async priceOf(wanted: string, at: Date): Promise<UpcomingInvoice | undefined> {
    const summary = (await this.plans.listPlans()).find(({ plan }) => plan === wanted);
    if (summary?.amountMinor === undefined || summary.currency === undefined) return undefined;
    return { amountMinor: summary.amountMinor, currency: summary.currency, at };
  }
}

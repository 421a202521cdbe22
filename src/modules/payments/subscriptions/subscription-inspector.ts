import { Injectable } from '@nestjs/common';
import type { BillingState } from 'src/modules/payments/domain/billing-state';
import type { UnpaidInvoice } from 'src/modules/payments/domain/invoice-view';
import { StripeBillingState } from 'src/modules/payments/stripe/stripe-billing-state';
import { StripeUnpaidInvoices } from 'src/modules/payments/stripe/stripe-unpaid-invoices';

export interface Inspected {
  readonly state: BillingState;
  readonly unpaid: readonly UnpaidInvoice[];
}

/** One subscription and what is not paid of it, as Stripe has them now. */
@Injectable()
export class SubscriptionInspector {
  constructor(
    private readonly states: StripeBillingState,
    private readonly invoices: StripeUnpaidInvoices,
  ) {}

  async inspect(subscriptionId: string): Promise<Inspected> {
    const [state, unpaid] = await Promise.all([
      this.states.read(subscriptionId),
      this.invoices.listUnpaid({ subscription: subscriptionId }),
    ]);
    return { state, unpaid };
  }
}

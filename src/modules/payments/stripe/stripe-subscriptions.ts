import { Injectable } from '@nestjs/common';
import { StripeGateway } from './stripe.gateway';

/** The exact change to repeat under its key; stored with the operation. */
export type SubscriptionChange =
  | { readonly cancel_at_period_end: boolean; readonly cancellation_details?: CancellationDetails }
  // An empty string is Stripe's way to clear a date.
  | { readonly cancel_at: '' }
  | { readonly cancellation_details: CancellationDetails };

/** Why the student cancels, in Stripe's words. */
export const CANCELLATION_REASONS = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'unused',
  'customer_service',
  'too_complex',
  'low_quality',
  'other',
] as const;

export interface CancellationDetails {
  readonly feedback?: (typeof CANCELLATION_REASONS)[number];
  readonly comment?: string;
}

/** Writes to subscriptions. */
@Injectable()
export class StripeSubscriptions {
  constructor(private readonly gateway: StripeGateway) {}

  async update(subscriptionId: string, change: SubscriptionChange, idempotencyKey: string): Promise<void> {
    await this.gateway.call((stripe) =>
      stripe.subscriptions.update(subscriptionId, change, { idempotencyKey }),
    );
  }
}

import { Injectable } from '@nestjs/common';
import {
  CheckoutSessionsRepository,
  type StoredCheckout,
} from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripeCheckout, type CheckoutSnapshot } from 'src/modules/payments/stripe/stripe-checkout';

/** Closes an open session at Stripe, so that its link can no longer be paid. */
@Injectable()
export class CheckoutExpiry {
  constructor(
    private readonly operations: OperationsService,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly stripe: StripeCheckout,
  ) {}

  /** Throws StripeRejectedError when the session was paid or closed in the meantime. */
  expire({ userId, stripeSessionId }: StoredCheckout, requestId: string): Promise<CheckoutSnapshot> {
    const params = { sessionId: stripeSessionId };
    return this.operations.runAfresh(
      { userId, kind: 'expire_checkout_session', target: `session:${stripeSessionId}`, params, requestId },
      async ({ id }) => {
        const snapshot = await this.stripe.expire(stripeSessionId, id);
        await this.sessions.update(snapshot);
        return snapshot;
      },
    );
  }
}

import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomerBusyError } from 'src/engine/engine.errors';
import {
  CheckoutSessionsRepository,
  type StoredCheckout,
} from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import type { Operation } from 'src/modules/payments/operations/persistence/operations.repository';
import { PlanUnavailableError, StripeRejectedError } from 'src/modules/payments/payments.errors';
import { StripeCheckout, type CheckoutSnapshot } from 'src/modules/payments/stripe/stripe-checkout';
import { CheckoutExpiry } from './checkout-expiry';
import { CheckoutPreparation, type CheckoutIntention, type PersistedCheckout } from './checkout-preparation';
import { promotionRefused } from './promotions.service';

const targetOf = (userId: string) => `checkout:${userId}`;

/** Creates sessions at Stripe. The caller holds the user's checkout lease. */
@Injectable()
export class CheckoutOpener {
  constructor(
    private readonly preparation: CheckoutPreparation,
    private readonly operations: OperationsService,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly stripe: StripeCheckout,
    private readonly expiry: CheckoutExpiry,
  ) {}

  /** Throws PlanUnavailableError and PromotionCodeError. */
  async open(userId: string, intention: CheckoutIntention, requestId: string): Promise<StoredCheckout> {
    const repeated = await this.settlePending(userId, intention, requestId);
    if (repeated !== undefined) return repeated;
    const params = await this.preparation.prepare(userId, intention, requestId);
    const operation = {
      userId,
      kind: 'create_checkout_session' as const,
      target: targetOf(userId),
      params,
      requestId,
    };
    await this.operations.run(operation, (persisted) => this.create(persisted));
    return this.getOpen(userId);
  }

  /**
   * An earlier creation whose answer was lost may have made a session that nobody knows. Repeating it under its key
   * finds that session: it serves this intention, or it is expired before another one is made.
   */
  private async settlePending(
    userId: string,
    intention: CheckoutIntention,
    requestId: string,
  ): Promise<StoredCheckout | undefined> {
    const pending = await this.operations.findPending(targetOf(userId));
    if (pending === undefined || !this.operations.isRepeatable(pending)) return undefined;
    const { id } = await this.operations.execute(pending, (persisted) => this.create(persisted));
    // A repeated key is answered as it was then; what became of the session since is asked again.
    const current = await this.stripe.find(id);
    if (current !== undefined) await this.sessions.update(current);
    const found = await this.sessions.findOpen(userId);
    if (found === undefined) return undefined;
    if (isDeepStrictEqual((pending.params as PersistedCheckout).intention, intention)) return found;
    await this.expiry.expire(found, requestId);
    return undefined;
  }

  private async create(operation: Operation): Promise<CheckoutSnapshot> {
    const { intention, shortCode, request } = operation.params as PersistedCheckout;
    const snapshot = await this.stripe.create(request, operation.id).catch(refusedChoice);
    const { id: stripeSessionId, url, expiresAt } = snapshot;
    // A session repeated after it was closed has no link any more, and nothing to hand out.
    if (url === null) return snapshot;
    await this.sessions.insert({
      id: request.checkoutId,
      userId: request.userId,
      customerId: request.customerId,
      stripeSessionId,
      shortCode,
      ...intention,
      url,
      expiresAt,
    });
    return snapshot;
  }

  private async getOpen(userId: string): Promise<StoredCheckout> {
    const open = await this.sessions.findOpen(userId);
    // Closed meanwhile: by the process that took over the lease, or because the repeated answer was about a closed session.
    if (open === undefined) throw new CustomerBusyError();
    return open;
  }
}

/** Stripe has the last word on a price and a code: either may have changed since it was listed. */
function refusedChoice(error: unknown): never {
  const parameter = error instanceof StripeRejectedError ? error.parameter : undefined;
  if (parameter?.startsWith('line_items') === true) throw new PlanUnavailableError({ cause: error });
  if (parameter?.startsWith('discounts') === true) throw promotionRefused('refused');
  throw error;
}

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomerBusyError } from 'src/engine/engine.errors';
import { CustomersService } from 'src/modules/payments/sync/customers.service';
import type { Plan } from 'src/modules/payments/domain/subscription';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { PromotionCodeError } from 'src/modules/payments/payments.errors';
import {
  CheckoutSessionsRepository,
  type StoredCheckout,
} from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import type { Operation } from 'src/modules/payments/operations/persistence/operations.repository';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import {
  StripeCheckout,
  type CheckoutParams,
  type CheckoutSnapshot,
} from 'src/modules/payments/stripe/stripe-checkout';
import { ReturnUrlsService } from './return-urls.service';
import { newShortCode } from './short-code';

/** What the student asked for. Two equal intentions are served by one session. */
export interface CheckoutIntention {
  readonly plan: Plan;
  readonly promotionCode: string | null;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

/** Everything that a repeated request must repeat, as kept in the operation row. */
interface PersistedCheckout extends Record<string, unknown> {
  readonly intention: CheckoutIntention;
  readonly shortCode: string;
  readonly request: CheckoutParams;
}

const targetOf = (userId: string) => `checkout:${userId}`;

/** Creates and expires sessions at Stripe. The caller holds the user's checkout lease. */
@Injectable()
export class CheckoutOpener {
  constructor(
    private readonly customers: CustomersService,
    private readonly plans: PlansService,
    private readonly urls: ReturnUrlsService,
    private readonly operations: OperationsService,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly stripe: StripeCheckout,
  ) {}

  toIntention(request: {
    plan: Plan;
    promotionCode?: string;
    successUrl?: string;
    cancelUrl?: string;
  }): CheckoutIntention {
    this.plans.getPriceId(request.plan);
    return {
      plan: request.plan,
      promotionCode: request.promotionCode ?? null,
      ...this.urls.resolve(request),
    };
  }

  async open(userId: string, intention: CheckoutIntention, requestId: string): Promise<StoredCheckout> {
    const repeated = await this.settlePending(userId, intention, requestId);
    if (repeated !== undefined) return repeated;
    const params = await this.prepare(userId, intention, requestId);
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

  async expire(open: StoredCheckout, requestId: string): Promise<void> {
    const { userId, stripeSessionId } = open;
    const params = { sessionId: stripeSessionId };
    await this.operations.runAfresh(
      { userId, kind: 'expire_checkout_session', target: `session:${stripeSessionId}`, params, requestId },
      async ({ id }) => {
        const snapshot = await this.stripe.expire(stripeSessionId, id);
        await this.sessions.update(snapshot);
        return snapshot;
      },
    );
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
    await this.expire(found, requestId);
    return undefined;
  }

  private async prepare(
    userId: string,
    intention: CheckoutIntention,
    requestId: string,
  ): Promise<PersistedCheckout> {
    const promotionCodeId = await this.findPromotionCode(intention.promotionCode);
    const customerId = await this.customers.getOrCreate(userId, requestId);
    const shortCode = newShortCode();
    return {
      intention,
      shortCode,
      request: {
        checkoutId: randomUUID(),
        userId,
        customerId,
        priceId: this.plans.getPriceId(intention.plan),
        ...(promotionCodeId === undefined ? {} : { promotionCodeId }),
        ...this.urls.ownPages(shortCode),
      },
    };
  }

  private async findPromotionCode(code: string | null): Promise<string | undefined> {
    if (code === null) return undefined;
    const id = await this.stripe.findPromotionCode(code);
    if (id !== undefined) return id;
    throw new PromotionCodeError('There is no active promotion code of that name.', {
      errors: [{ pointer: '/promotion_code', detail: 'is not an active promotion code' }],
    });
  }

  private async create(operation: Operation): Promise<CheckoutSnapshot> {
    const { intention, shortCode, request } = operation.params as PersistedCheckout;
    const snapshot = await this.stripe.create(request, operation.id);
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

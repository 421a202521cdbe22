import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Plan } from 'src/modules/payments/domain/subscription';
import { LeaseService } from 'src/engine/lease.service';
import {
  CheckoutSessionsRepository,
  type StoredCheckout,
} from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { CheckoutEligibility } from './checkout-eligibility';
import { CheckoutExpiry } from './checkout-expiry';
import { CheckoutOpener } from './checkout-opener';
import { CheckoutPreparation, type CheckoutIntention } from './checkout-preparation';
import type { EndedSubscription } from './dead-subscriptions';

/** Long enough for a queue of double clicks, short enough for ChatGPT's 45 s. */
const WAIT_MS = 10_000;
/** A session this fresh is handed out again without asking Stripe: it can be paid only once anyway. */
const FRESH_MS = 10_000;

export interface CheckoutRequest {
  readonly plan: Plan;
  readonly promotionCode?: string | undefined;
  readonly successUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}

export interface OpenedCheckout {
  readonly checkout: StoredCheckout;
  /** What this request has ended, because it gave nothing and stood in the way. */
  readonly ended: readonly EndedSubscription[];
}

/** One open Checkout Session per user: the same request gets the same link, another request replaces it. */
@Injectable()
export class CheckoutService {
  constructor(
    private readonly eligibility: CheckoutEligibility,
    private readonly leases: LeaseService,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly preparation: CheckoutPreparation,
    private readonly opener: CheckoutOpener,
    private readonly expiry: CheckoutExpiry,
  ) {}

  /**
   * Gives the payment link. Idempotent: repeated and parallel calls get the same open session. Throws
   * EmailNotVerifiedError (403), AlreadySubscribedError and PlanUnavailableError (409), ReturnUrlError and PromotionCodeError (400),
   * StripeUnavailableError (503).
   */
  async createSession(userId: string, request: CheckoutRequest, requestId: string): Promise<OpenedCheckout> {
    const intention = this.preparation.toIntention(request);
    await this.eligibility.requireBuyer(userId);
    return this.leases.run(`checkout:${userId}`, WAIT_MS, async () => {
      const fresh = await this.sessions.findOpen(userId);
      if (fresh !== undefined && fresh.ageMs < FRESH_MS && serves(fresh, intention))
        return { checkout: fresh, ended: [] };
      const ended = await this.eligibility.clearWay(userId, requestId);
      const open = await this.sessions.findOpen(userId);
      if (open !== undefined && serves(open, intention)) return { checkout: open, ended };
      if (open !== undefined) await this.expiry.expire(open, requestId);
      return { checkout: await this.opener.open(userId, intention, requestId), ended };
    });
  }
}

function serves(open: StoredCheckout, intention: CheckoutIntention): boolean {
  const { plan, promotionCode, successUrl, cancelUrl } = open;
  return isDeepStrictEqual({ plan, promotionCode, successUrl, cancelUrl }, intention);
}

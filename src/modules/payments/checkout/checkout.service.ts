import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Plan } from 'src/modules/payments/domain/subscription';
import { LeaseService } from 'src/engine/lease.service';
import {
  CheckoutSessionsRepository,
  type StoredCheckout,
} from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { CheckoutEligibility } from './checkout-eligibility';
import { CheckoutOpener, type CheckoutIntention } from './checkout-opener';

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

/** One open Checkout Session per user: the same request gets the same link, another request replaces it. */
@Injectable()
export class CheckoutService {
  constructor(
    private readonly eligibility: CheckoutEligibility,
    private readonly leases: LeaseService,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly opener: CheckoutOpener,
  ) {}

  /**
   * Gives the payment link. Idempotent: repeated and parallel calls get the same open session. Throws
   * EmailNotVerifiedError (403), AlreadySubscribedError (409), ReturnUrlError and PromotionCodeError (400),
   * StripeUnavailableError (503).
   */
  async createSession(userId: string, request: CheckoutRequest, requestId: string): Promise<StoredCheckout> {
    const intention = this.opener.toIntention(request);
    await this.eligibility.requireBuyer(userId);
    return this.leases.run(`checkout:${userId}`, WAIT_MS, async () => {
      const fresh = await this.sessions.findOpen(userId);
      if (fresh !== undefined && fresh.ageMs < FRESH_MS && serves(fresh, intention)) return fresh;
      await this.eligibility.refuseWhenSubscribed(userId, requestId);
      const open = await this.sessions.findOpen(userId);
      if (open !== undefined && serves(open, intention)) return open;
      if (open !== undefined) await this.opener.expire(open, requestId);
      return this.opener.open(userId, intention, requestId);
    });
  }
}

function serves(open: StoredCheckout, intention: CheckoutIntention): boolean {
  const { plan, promotionCode, successUrl, cancelUrl } = open;
  return isDeepStrictEqual({ plan, promotionCode, successUrl, cancelUrl }, intention);
}

import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { UsersService, type User } from 'src/modules/users';
import { CheckoutOpener, type CheckoutIntention } from './checkout-opener';
import { isLive, type Plan } from './domain/subscription';
import { EntitlementsService } from './entitlements.service';
import { LeaseService } from './lease.service';
import { AlreadySubscribedError } from './payments.errors';
import { CheckoutSessionsRepository, type StoredCheckout } from './persistence/checkout-sessions.repository';
import { RefreshService } from './refresh.service';

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

/** One open Checkout Session per user: the same wish gets the same link, another wish replaces it. */
@Injectable()
export class CheckoutService {
  constructor(
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly leases: LeaseService,
    private readonly refresh: RefreshService,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly opener: CheckoutOpener,
  ) {}

  /**
   * Gives the payment link. Idempotent: repeated and parallel calls get the same open session. Throws
   * AlreadySubscribedError (409), ReturnUrlError and PromotionCodeError (400), StripeUnavailableError (503).
   */
  async createSession(userId: string, request: CheckoutRequest, requestId: string): Promise<StoredCheckout> {
    const intention = this.opener.toIntention(request);
    return this.leases.run(`checkout:${userId}`, WAIT_MS, async () => {
      const fresh = await this.sessions.findOpen(userId);
      if (fresh !== undefined && fresh.ageMs < FRESH_MS && serves(fresh, intention)) return fresh;
      const user = await this.users.getById(userId);
      await this.refuseWhenSubscribed(user, requestId);
      const open = await this.sessions.findOpen(userId);
      if (open !== undefined && serves(open, intention)) return open;
      if (open !== undefined) await this.opener.expire(open, requestId);
      return this.opener.open(user.id, intention, requestId);
    });
  }

  private async refuseWhenSubscribed(user: User, requestId: string): Promise<void> {
    // Ask Stripe first: a purchase whose webhook was lost must not be sold twice.
    if (user.stripeCustomerId !== null)
      await this.refresh.refresh(user.stripeCustomerId, { kind: 'api', id: requestId });
    const { access, facts } = await this.entitlements.explain(user.id);
    const live = facts.subscriptions.find(({ status }) => isLive(status));
    if (live === undefined) return;
    throw new AlreadySubscribedError(
      'You already have a subscription; a second one would charge you twice.',
      {
        extensions: {
          state: access.state,
          subscription_id: live.id,
          operation_id: access.state === 'canceling' ? 'resumeSubscription' : 'getSubscriptionStatus',
        },
      },
    );
  }
}

function serves(open: StoredCheckout, intention: CheckoutIntention): boolean {
  const { plan, promotionCode, successUrl, cancelUrl } = open;
  return isDeepStrictEqual({ plan, promotionCode, successUrl, cancelUrl }, intention);
}

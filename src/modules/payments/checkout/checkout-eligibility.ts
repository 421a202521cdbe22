import { Injectable } from '@nestjs/common';
import { AccessConfig, HttpConfig } from 'src/config/app-config';
import { UsersService } from 'src/modules/users';
import { isLive } from 'src/modules/payments/domain/subscription';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { AlreadySubscribedError, EmailNotVerifiedError } from 'src/modules/payments/payments.errors';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';

/** Who may be given a payment link. */
@Injectable()
export class CheckoutEligibility {
  constructor(
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly refresh: RefreshService,
    private readonly config: AccessConfig,
    private readonly http: HttpConfig,
  ) {}

  /**
   * Calls nobody. Throws EmailNotVerifiedError where a confirmed address is asked for: receipts go to it, and it is how
   * a person who paid regains access to the account.
   */
  async requireBuyer(userId: string): Promise<void> {
    const user = await this.users.getById(userId);
    if (this.config.requireVerifiedEmail && user.emailVerifiedAt === null) {
      throw new EmailNotVerifiedError(`${this.http.publicUrl}/verify-email`);
    }
  }

  /** Throws AlreadySubscribedError. */
  async refuseWhenSubscribed(userId: string, requestId: string): Promise<void> {
    // Read again: another request may have made the customer in the meantime.
    const user = await this.users.getById(userId);
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

import { Injectable } from '@nestjs/common';
import { AccessConfig, HttpConfig } from 'src/config/app-config';
import { UsersService } from 'src/modules/users';
import { EmailNotVerifiedError } from 'src/modules/payments/payments.errors';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';
import { DeadSubscriptions, type EndedSubscription } from './dead-subscriptions';

/** Who may be given a payment link. */
@Injectable()
export class CheckoutEligibility {
  constructor(
    private readonly users: UsersService,
    private readonly dead: DeadSubscriptions,
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

  /** Ends what gives nothing, and returns it. Throws AlreadySubscribedError for what bills or may still be paid. */
  async clearWay(userId: string, requestId: string): Promise<readonly EndedSubscription[]> {
    // Read again: another request may have made the customer in the meantime.
    const { stripeCustomerId } = await this.users.getById(userId);
    if (stripeCustomerId === null) return this.dead.settle({ userId, requestId });
    let ended: readonly EndedSubscription[] = [];
    // Ask Stripe first: a purchase whose webhook was lost must not be sold twice.
    await this.refresh.change(stripeCustomerId, { kind: 'api', id: requestId }, async () => {
      ended = await this.dead.settle({ userId, requestId });
      return ended.length > 0 ? 'written' : 'unchanged';
    });
    return ended;
  }
}

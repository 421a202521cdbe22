import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { StripeCustomers } from 'src/modules/payments/stripe/stripe-customers';
import { SubscriptionsRepository } from 'src/modules/payments/sync/persistence/subscriptions.repository';

/**
 * Says at start, in one line, that the key belongs to another Stripe account than the customers of the database. Without
 * it, the first to notice would be a student.
 */
@Injectable()
export class AccountCheck implements OnApplicationBootstrap {
  private readonly logger = new Logger(AccountCheck.name);

  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly stripe: StripeCustomers,
  ) {}

  /** In the background: the process must start while Stripe or the database is unavailable. */
  onApplicationBootstrap(): void {
    void this.run();
  }

  /** Never throws: an outage says nothing about the account. */
  async run(): Promise<void> {
    try {
      const customerId = await this.subscriptions.findLatestCustomer();
      if (customerId === undefined || (await this.stripe.isKnown(customerId))) return;
      this.logger.error(
        { customer: customerId },
        'STRIPE_SECRET_KEY belongs to another Stripe account or mode than the customers of this database: use the key of their account',
      );
    } catch (error) {
      this.logger.debug({ err: error }, 'account not checked');
    }
  }
}

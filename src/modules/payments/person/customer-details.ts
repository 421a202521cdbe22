import { isDeepStrictEqual } from 'node:util';
import { Injectable, Logger } from '@nestjs/common';
import { SyncRequests } from 'src/engine/sync-requests';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import { StripeCustomers } from 'src/modules/payments/stripe/stripe-customers';
import type { ReadCustomer, SyncContributor } from 'src/modules/payments/sync/sync-contributor';
import { UsersService } from 'src/modules/users';
import { SentDetailsRepository } from './persistence/sent-details.repository';

/**
 * Keeps name and email address of the Stripe customer equal to the account's. Every sync compares them with what was
 * sent last, so a change that could not be sent is sent by a later one; the change itself requests a sync.
 */
@Injectable()
export class CustomerDetails implements SyncContributor {
  private readonly logger = new Logger(CustomerDetails.name);

  constructor(
    private readonly users: UsersService,
    private readonly sent: SentDetailsRepository,
    private readonly operations: OperationsService,
    private readonly stripe: StripeCustomers,
    private readonly syncs: SyncRequests,
  ) {}

  /** Call it in the transaction that changed the account. Does nothing for a user without a customer. */
  async announce(userId: string): Promise<void> {
    const { stripeCustomerId } = await this.users.getById(userId);
    if (stripeCustomerId !== null) await this.syncs.ask(stripeCustomerId, 0);
  }

  /** Runs under the lease of the customer. Throws StripeUnavailableError: the sync is then retried. */
  async prepare({ userId }: Pick<ReadCustomer, 'userId'>): Promise<undefined> {
    const user = await this.users.getById(userId);
    const { stripeCustomerId: customerId } = user;
    if (customerId === null) return;
    const details = { email: user.email, name: user.fullName };
    const last = await this.sent.findLast(userId);
    if (last === undefined || isDeepStrictEqual(last, details)) return;
    const intention = { userId, kind: 'update_customer', target: `customer_details:${userId}` } as const;
    try {
      await this.operations.run(
        { ...intention, params: details, requestId: `customer_details:${userId}` },
        async (operation) => {
          await this.stripe.update(customerId, details, operation.id);
          return { id: customerId };
        },
      );
    } catch (error) {
      // Rejected for good, for example an address that Stripe does not accept: it must not block the sync.
      if (!(error instanceof StripeRejectedError)) throw error;
      this.logger.error({ err: error, customer: customerId }, 'Stripe rejected the details of the customer');
    }
  }
}

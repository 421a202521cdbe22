import { Injectable } from '@nestjs/common';
import { UsersService } from 'src/modules/users';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripeCustomers } from 'src/modules/payments/stripe/stripe-customers';

/** One Stripe customer per user id, created under a persisted key and bound once. Never adopted by email. */
@Injectable()
export class CustomersService {
  constructor(
    private readonly users: UsersService,
    private readonly operations: OperationsService,
    private readonly stripe: StripeCustomers,
  ) {}

  /** The caller holds the user's checkout lease. */
  async getOrCreate(userId: string, requestId: string): Promise<string> {
    const user = await this.users.getById(userId);
    if (user.stripeCustomerId !== null) return user.stripeCustomerId;
    const params = { userId: user.id, email: user.email, name: user.fullName };
    const target = `customer:${user.id}`;
    const { id } = await this.operations.run(
      { userId: user.id, kind: 'create_customer', target, params, requestId },
      async (operation) => {
        const customerId = await this.stripe.create(params, operation.id);
        // Bound before the operation counts as done: a crash in between repeats it under the same key.
        return { id: await this.bind(user.id, customerId) };
      },
    );
    return id;
  }

  private async bind(userId: string, customerId: string): Promise<string> {
    if (await this.users.bindCustomer(userId, customerId)) return customerId;
    const { stripeCustomerId } = await this.users.getById(userId);
    if (stripeCustomerId === null)
      throw new Error(`customer ${customerId} belongs to another user than ${userId}`);
    return stripeCustomerId;
  }
}

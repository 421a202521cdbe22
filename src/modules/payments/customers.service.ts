import { Injectable } from '@nestjs/common';
import { UsersService } from 'src/modules/users';
import { OperationsService } from './operations.service';
import { StripeCustomers } from './stripe/stripe-customers';

/** One Stripe customer per user id, created under a persisted key and bound once. Never adopted by e-mail. */
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
      async (operation) => ({ id: await this.stripe.create(params, operation.id) }),
    );
    if (await this.users.bindCustomer(user.id, id)) return id;
    const bound = await this.users.getById(user.id);
    if (bound.stripeCustomerId === null)
      throw new Error(`customer ${id} belongs to another user than ${user.id}`);
    return bound.stripeCustomerId;
  }
}

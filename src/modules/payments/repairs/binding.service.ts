import { Injectable } from '@nestjs/common';
import { isLive } from 'src/modules/payments/domain/subscription';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { CustomerBindingError } from 'src/modules/payments/payments.errors';
import { CustomerDirectory } from 'src/modules/payments/sync/customer-directory';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';
import { UsersService } from 'src/modules/users';
import type { Repair } from './subscription-repairs.service';

/** Ties a customer at Stripe to an account, or unties it. Never by email: an operator decides, with a reason. */
@Injectable()
export class BindingService {
  constructor(
    private readonly users: UsersService,
    private readonly directory: CustomerDirectory,
    private readonly entitlements: EntitlementsService,
    private readonly refresh: RefreshService,
  ) {}

  /**
   * Binds the customer and syncs it, so that what it paid counts for this user. Throws CustomerBindingError when the
   * customer belongs to another user, or the user pays as another customer. Repeating is harmless.
   */
  async bind(customerId: string, { userId, operatorId, record }: Repair): Promise<void> {
    await this.users.getById(userId);
    const owner = await this.directory.findOwner(customerId);
    if (owner !== undefined && owner !== userId)
      throw new CustomerBindingError('The customer belongs to another account. Unbind it there first.');
    if (!(await this.users.bindCustomer(userId, customerId)))
      throw new CustomerBindingError('The account pays as another customer. Unbind that one first.');
    await this.refresh.refresh(customerId, { kind: 'operator', id: operatorId }, () => record());
  }

  /**
   * The next purchase of the user makes a new customer. Throws CustomerBindingError while a subscription of the customer
   * is live: it would go on billing without giving access, so it has to be ended first.
   */
  async unbind(customerId: string, { userId, record }: Repair): Promise<void> {
    const user = await this.users.getById(userId);
    if (user.stripeCustomerId !== customerId)
      throw new CustomerBindingError('The account does not pay as this customer.');
    const { facts } = await this.entitlements.explain(userId);
    if (facts.subscriptions.some((one) => one.customerId === customerId && isLive(one.status)))
      throw new CustomerBindingError('A subscription of this customer is live. End it first.');
    await record();
    await this.users.unbindCustomer(userId, customerId);
  }
}

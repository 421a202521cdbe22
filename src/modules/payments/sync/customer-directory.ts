import { Injectable } from '@nestjs/common';
import { SubjectOwners } from 'src/engine/subject-owners';
import { UsersService, type User } from 'src/modules/users';

/** A customer at Stripe that pays, or once paid, for the user. */
export interface BoundCustomer {
  readonly id: string;
  /** The account pays as this customer now; the others were deleted at Stripe. */
  readonly current: boolean;
  readonly lastSyncedAt: Date | null;
  /** Syncs that failed in a row. */
  readonly syncFailures: number;
}

/** Whose customer it is, and whose it was before Stripe deleted it. */
@Injectable()
export class CustomerDirectory {
  constructor(
    private readonly users: UsersService,
    private readonly owners: SubjectOwners,
  ) {}

  /** The user who pays, or once paid, as this customer. Undefined for a customer that was never bound to a user. */
  async findOwner(customerId: string): Promise<string | undefined> {
    const user = await this.users.findByCustomerId(customerId);
    return user?.id ?? this.owners.find(customerId);
  }

  /** The users of many customers, by customer. Customers that were never bound are left out. */
  async findOwners(customerIds: readonly string[]): Promise<Map<string, string>> {
    const owners = await this.owners.findMany(customerIds);
    for (const { customerId, userId } of await this.users.findOwners(customerIds))
      owners.set(customerId, userId);
    return owners;
  }

  /** Every customer that was ever bound to the user, the current one included. */
  async listCustomers({
    id,
    stripeCustomerId: currentId,
  }: Pick<User, 'id' | 'stripeCustomerId'>): Promise<BoundCustomer[]> {
    const owned = (await this.owners.listOwned(id)).map((subject) => ({
      ...subject,
      current: subject.id === currentId,
    }));
    if (currentId === null || owned.some(({ current }) => current)) return owned;
    // Bound, but not synced yet.
    return [...owned, { id: currentId, current: true, lastSyncedAt: null, syncFailures: 0 }];
  }
}

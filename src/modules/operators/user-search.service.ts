import { Injectable } from '@nestjs/common';
import {
  CustomerDirectory,
  EntitlementsService,
  OperatorViewsService,
  type Access,
} from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';
import { InboxViewService } from 'src/modules/webhooks';
import { classifyQuery } from './domain/classify-query';

export interface FoundUser {
  readonly user: User;
  readonly access: Access;
}

const MOST = 20;

/** Finds accounts by what a support request names: a part of an address or name, or an id of Stripe's. */
@Injectable()
export class UserSearchService {
  constructor(
    private readonly users: UsersService,
    private readonly directory: CustomerDirectory,
    private readonly entitlements: EntitlementsService,
    private readonly views: OperatorViewsService,
    private readonly inbox: InboxViewService,
  ) {}

  /** At most 20 accounts, the newest first. Empty when nothing matches. */
  async find(query: string): Promise<FoundUser[]> {
    const users = await this.findUsers(query);
    return Promise.all(
      users.map(async (user) => ({ user, access: await this.entitlements.getAccess(user.id) })),
    );
  }

  /** The customer at Stripe that the query names, if it names one: it may belong to no account. */
  async findCustomerId(query: string): Promise<string | undefined> {
    const kind = classifyQuery(query);
    if (kind === 'customer') return query;
    return kind === 'event' ? this.inbox.findCustomer(query) : undefined;
  }

  private async findUsers(query: string): Promise<User[]> {
    switch (classifyQuery(query)) {
      case 'text':
        return this.users.search(query, MOST);
      case 'last_four':
        return this.findByLastFour(query);
      case 'user_id':
        return this.getAll([query]);
      case 'stripe_id':
        return this.getAll(await this.views.findOwners(query));
      case 'customer':
      case 'event':
        return this.findByCustomer(await this.findCustomerId(query));
    }
  }

  /** Four digits may also be a part of an address. */
  private async findByLastFour(digits: string): Promise<User[]> {
    const payers = await this.getAll(await this.views.findPayers(digits, MOST));
    const others = await this.users.search(digits, MOST);
    return [...payers, ...others.filter(({ id }) => !payers.some((payer) => payer.id === id))].slice(0, MOST);
  }

  private async findByCustomer(customerId: string | undefined): Promise<User[]> {
    const ownerId = customerId === undefined ? undefined : await this.directory.findOwner(customerId);
    return ownerId === undefined ? [] : this.getAll([ownerId]);
  }

  private async getAll(ids: readonly string[]): Promise<User[]> {
    const users = await Promise.all(ids.map((id) => this.users.findById(id)));
    return users.filter((user) => user !== undefined);
  }
}

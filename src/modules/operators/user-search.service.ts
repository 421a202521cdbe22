import { Injectable } from '@nestjs/common';
import { CustomerDirectory, EntitlementsService, type Access } from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';

export interface FoundUser {
  readonly user: User;
  readonly access: Access;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Finds an account by an exact identifier, so that nobody browses students. */
@Injectable()
export class UserSearchService {
  constructor(
    private readonly users: UsersService,
    private readonly directory: CustomerDirectory,
    private readonly entitlements: EntitlementsService,
  ) {}

  /** By email address, user id, or any current or former Stripe customer id. Empty when nothing matches. */
  async find(query: string): Promise<FoundUser[]> {
    const user = await this.findUser(query);
    return user === undefined ? [] : [{ user, access: await this.entitlements.getAccess(user.id) }];
  }

  private async findUser(query: string): Promise<User | undefined> {
    if (query.includes('@')) return this.users.findByEmail(query);
    if (UUID.test(query)) return this.users.findById(query);
    const ownerId = await this.directory.findOwner(query);
    return ownerId === undefined ? undefined : this.users.findById(ownerId);
  }
}

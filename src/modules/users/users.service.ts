import { Injectable } from '@nestjs/common';
import type { Role } from 'src/common/domain/principal';
import { normaliseEmail } from './domain/normalise-email';
import type { User } from './domain/user';
import { UsersRepository, type BoundPage, type BoundUser } from './persistence/users.repository';
import { UserNotFoundError } from './users.errors';

export interface CreateUser {
  readonly email: string;
  readonly fullName: string;
  /** Default `student`. Never taken from a request. */
  readonly role?: Role;
}

/** Accounts. Joins an open transaction; calls nobody. */
@Injectable()
export class UsersService {
  constructor(private readonly users: UsersRepository) {}

  /** Throws `email_taken` when an account has this address in any upper or lower case; an open transaction is then lost. */
  create({ email, fullName, role = 'student' }: CreateUser): Promise<User> {
    return this.users.insert({ email: normaliseEmail(email), fullName, role });
  }

  findByEmail(email: string): Promise<User | undefined> {
    return this.users.findByEmail(normaliseEmail(email));
  }

  /** `id` must be a uuid. */
  findById(id: string): Promise<User | undefined> {
    return this.users.findById(id);
  }

  /** Throws `user_not_found`. */
  async getById(id: string): Promise<User> {
    const user = await this.users.findById(id);
    if (user === undefined) throw new UserNotFoundError();
    return user;
  }

  /** Accounts whose email address or name contains the text (three characters or more), the newest first. */
  search(text: string, limit: number): Promise<User[]> {
    return this.users.search(text.normalize('NFC'), limit);
  }

  /** Accounts with this very name, in any upper and lower case. */
  listByName(fullName: string, limit: number): Promise<User[]> {
    return this.users.listByName(fullName, limit);
  }

  /** Everyone with the role now, the oldest first. */
  listOperators(): Promise<User[]> {
    return this.users.listOperators();
  }

  /** The same. Nobody gets or loses the role while the open transaction lasts. */
  lockOperators(): Promise<User[]> {
    return this.users.listOperators({ locked: true });
  }

  /** By id; an unknown id has no entry. */
  async listByIds(ids: readonly string[]): Promise<ReadonlyMap<string, User>> {
    return new Map((await this.users.listByIds(ids)).map((user) => [user.id, user]));
  }

  /** Throws `user_not_found`. */
  async rename(id: string, fullName: string): Promise<void> {
    if (!(await this.users.rename(id, fullName))) throw new UserNotFoundError();
  }

  findByCustomerId(customerId: string): Promise<User | undefined> {
    return this.users.findByCustomerId(customerId);
  }

  /** For those of the given customers that are bound to an account. */
  findOwners(customerIds: readonly string[]): Promise<BoundUser[]> {
    return this.users.findOwners(customerIds);
  }

  /** Accounts with a customer that have not changed since `before`, in pages by customer. */
  listBound(page: BoundPage): Promise<BoundUser[]> {
    return this.users.listBound(page);
  }

  /** The owner proved to read the mail of this address. Repeating is harmless; an address replaced since is left alone. */
  markEmailVerified(id: string, email: string): Promise<void> {
    return this.users.markEmailVerified(id, normaliseEmail(email));
  }

  /** Replaces the address by one that is proved. Throws `email_taken`; an open transaction is then lost. */
  changeEmail(id: string, provedEmail: string): Promise<void> {
    return this.users.setVerifiedEmail(id, normaliseEmail(provedEmail));
  }

  /** Applies to the very next request of the user: roles are read per request. Throws `user_not_found`. */
  async setRole(id: string, role: Role): Promise<void> {
    if (!(await this.users.setRole(id, role))) throw new UserNotFoundError();
  }

  /**
   * Binds the account to its Stripe customer, once: only a deletion at Stripe unbinds it. True when it is bound to this customer afterwards
   * (repeating is harmless); false when the account has another customer or the customer another account.
   * Identity is the user id alone: a customer is never adopted because its email matches.
   */
  bindCustomer(userId: string, customerId: string): Promise<boolean> {
    return this.users.bindCustomer(userId, customerId);
  }

  /** The customer was deleted at Stripe: the next purchase makes a new one. Does nothing when bound to another by now. */
  unbindCustomer(userId: string, deletedCustomerId: string): Promise<void> {
    return this.users.unbindCustomer(userId, deletedCustomerId);
  }
}

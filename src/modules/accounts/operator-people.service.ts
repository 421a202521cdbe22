import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { UserSessionsService } from 'src/modules/auth';
import { EmailTakenError, UserNotFoundError, UsersService, type User } from 'src/modules/users';
import { CredentialsService } from './credentials.service';

export interface NewOperator {
  readonly user: User;
  /** Shown once. Undefined when the owner of the address already has an account: it keeps its password. */
  readonly password: string | undefined;
}

/** Operators as people who come and go. Joins an open transaction; hash a password before you open one. */
@Injectable()
export class OperatorPeopleService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly sessions: UserSessionsService,
  ) {}

  list(): Promise<User[]> {
    return this.users.listOperators();
  }

  /**
   * Creates the account with a random password, or gives the role to an existing one. Throws `email_taken` for an operator.
   * Anybody can register an address that is not theirs: an account that has not verified its own gets
   * another password and loses every session.
   */
  async create({
    email,
    fullName,
  }: {
    readonly email: string;
    readonly fullName: string;
  }): Promise<NewOperator> {
    const existing = await this.users.findByEmail(email);
    if (existing?.role === 'operator') throw new EmailTakenError();
    if (existing !== undefined && existing.emailVerifiedAt !== null) {
      await this.users.setRole(existing.id, 'operator');
      return { user: { ...existing, role: 'operator' }, password: undefined };
    }
    const { password, hash } = await this.generate();
    const user = await this.database.transaction(async () => {
      const { id } = existing ?? (await this.users.create({ email, fullName, role: 'operator' }));
      await this.users.setRole(id, 'operator');
      await this.users.rename(id, fullName);
      // The operator who creates the account vouches for the address.
      await this.users.markEmailVerified(id, email);
      await this.credentials.save(id, hash);
      await this.sessions.revokeAllOfUser(id, 'password_changed');
      return this.users.getById(id);
    });
    return { user, password };
  }

  /** Blocks every change of who is an operator until the open transaction ends. */
  async lock(): Promise<readonly User[]> {
    return this.users.lockOperators();
  }

  /** Takes the role and ends every session. The account stays, as a student. Throws `user_not_found` for a non-operator. */
  async disable(userId: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.getOperator(userId);
      await this.users.setRole(userId, 'student');
      await this.sessions.revokeAllOfUser(userId, 'ended_by_operator');
    });
  }

  /** Returns the new random password and ends every session. Throws `user_not_found` for a non-operator. */
  async resetPassword(userId: string): Promise<string> {
    const { password, hash } = await this.generate();
    await this.database.transaction(async () => {
      await this.getOperator(userId);
      await this.credentials.save(userId, hash);
      await this.sessions.revokeAllOfUser(userId, 'password_changed');
    });
    return password;
  }

  private async getOperator(userId: string): Promise<void> {
    const { role } = await this.users.getById(userId);
    if (role !== 'operator') throw new UserNotFoundError();
  }

  private async generate(): Promise<{ password: string; hash: string }> {
    const password = randomBytes(18).toString('base64url');
    return { password, hash: await this.credentials.hash(password) };
  }
}

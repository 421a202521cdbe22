import { Injectable } from '@nestjs/common';
import type { Role } from 'src/common/domain/principal';
import { Database } from 'src/database/database';
import { isUniqueViolation } from 'src/database/unique-violation';
import type { User } from 'src/modules/users/domain/user';
import { EmailTakenError } from 'src/modules/users/users.errors';

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly full_name: string;
  readonly role: Role;
  readonly stripe_customer_id: string | null;
  readonly email_verified_at: Date | null;
  readonly created_at: Date;
}

export interface NewUser {
  readonly email: string;
  readonly fullName: string;
  readonly role: Role;
}

export interface BoundUser {
  readonly userId: string;
  readonly customerId: string;
}

export interface BoundPage {
  /** Only greater customer ids; empty for the first page. */
  readonly after: string;
  readonly before: Date;
  readonly limit: number;
}

const COLUMNS = 'id, email, full_name, role, stripe_customer_id, email_verified_at, created_at';

@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  /** Throws EmailTakenError. Inside a transaction, that transaction is then lost. */
  async insert({ email, fullName, role }: NewUser): Promise<User> {
    try {
      const [row] = await this.database.query<UserRow>(
        `INSERT INTO users (email, full_name, role) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
        [email, fullName, role],
      );
      if (row === undefined) throw new Error('INSERT INTO users returned no row');
      return toUser(row);
    } catch (error) {
      if (isUniqueViolation(error, 'users_email_key')) throw new EmailTakenError();
      throw error;
    }
  }

  findByEmail(email: string): Promise<User | undefined> {
    return this.findOne('email = $1', email);
  }

  findById(id: string): Promise<User | undefined> {
    return this.findOne('id = $1', id);
  }

  findByCustomerId(customerId: string): Promise<User | undefined> {
    return this.findOne('stripe_customer_id = $1', customerId);
  }

  /** Accounts whose email address or name contains the text, the newest first. */
  async search(text: string, limit: number): Promise<User[]> {
    const rows = await this.database.query<UserRow>(
      `SELECT ${COLUMNS} FROM users WHERE (email || ' ' || full_name) ILIKE $1 ORDER BY created_at DESC, id LIMIT $2`,
      [`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`, limit],
    );
    return rows.map(toUser);
  }

  async listByName(fullName: string, limit: number): Promise<User[]> {
    const rows = await this.database.query<UserRow>(
      `SELECT ${COLUMNS} FROM users WHERE lower(full_name) = lower($1) ORDER BY created_at DESC, id LIMIT $2`,
      [fullName, limit],
    );
    return rows.map(toUser);
  }

  async listOperators({ locked = false } = {}): Promise<User[]> {
    const rows = await this.database.query<UserRow>(
      `SELECT ${COLUMNS} FROM users WHERE role = 'operator' ORDER BY created_at, id${locked ? ' FOR NO KEY UPDATE' : ''}`,
    );
    return rows.map(toUser);
  }

  async listByIds(ids: readonly string[]): Promise<User[]> {
    const rows = await this.database.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = ANY($1)`, [ids]);
    return rows.map(toUser);
  }

  async rename(id: string, fullName: string): Promise<boolean> {
    const rows = await this.database.query(
      'UPDATE users SET full_name = $2, updated_at = now() WHERE id = $1 RETURNING id',
      [id, fullName],
    );
    return rows.length === 1;
  }

  async setRole(id: string, role: Role): Promise<boolean> {
    const rows = await this.database.query(
      'UPDATE users SET role = $2, updated_at = now() WHERE id = $1 RETURNING id',
      [id, role],
    );
    return rows.length === 1;
  }

  /** Keeps the time of an earlier proof. Does nothing when the account has another address by now. */
  async markEmailVerified(id: string, email: string): Promise<void> {
    await this.database.query(
      `UPDATE users SET email_verified_at = now(), updated_at = now()
        WHERE id = $1 AND email = $2 AND email_verified_at IS NULL`,
      [id, email],
    );
  }

  /** Throws EmailTakenError; an open transaction is then lost. */
  async setVerifiedEmail(id: string, email: string): Promise<void> {
    try {
      await this.database.query(
        'UPDATE users SET email = $2, email_verified_at = now(), updated_at = now() WHERE id = $1',
        [id, email],
      );
    } catch (error) {
      if (isUniqueViolation(error, 'users_email_key')) throw new EmailTakenError();
      throw error;
    }
  }

  /** True when the account ends up bound to exactly this customer. The first writer wins. */
  async bindCustomer(id: string, customerId: string): Promise<boolean> {
    try {
      const bound = await this.database.query(
        `UPDATE users SET stripe_customer_id = $2, updated_at = now()
          WHERE id = $1 AND stripe_customer_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM users WHERE stripe_customer_id = $2)
          RETURNING id`,
        [id, customerId],
      );
      if (bound.length === 1) return true;
    } catch (error) {
      if (isUniqueViolation(error, 'users_stripe_customer_id_key')) return false;
      throw error;
    }
    const user = await this.findById(id);
    return user?.stripeCustomerId === customerId;
  }

  /** By customer, for those of the given customers that are bound. */
  findOwners(customerIds: readonly string[]): Promise<BoundUser[]> {
    return this.database.query(
      `SELECT id AS "userId", stripe_customer_id AS "customerId" FROM users WHERE stripe_customer_id = ANY($1)`,
      [customerIds],
    );
  }

  /** Accounts with a customer that have not changed since `before`, in pages by customer. */
  listBound({ after, before, limit }: BoundPage): Promise<BoundUser[]> {
    return this.database.query(
      `SELECT id AS "userId", stripe_customer_id AS "customerId" FROM users
       WHERE stripe_customer_id > $1 AND updated_at < $2 ORDER BY stripe_customer_id LIMIT $3`,
      [after, before, limit],
    );
  }

  async unbindCustomer(id: string, customerId: string): Promise<void> {
    await this.database.query(
      `UPDATE users SET stripe_customer_id = NULL, updated_at = now() WHERE id = $1 AND stripe_customer_id = $2`,
      [id, customerId],
    );
  }

  private async findOne(condition: string, value: string): Promise<User | undefined> {
    const text = `SELECT ${COLUMNS} FROM users WHERE ${condition}`;
    const [row] = await this.database.queryRepeated<UserRow>(text, [value]);
    return row && toUser(row);
  }
}

const toUser = (row: UserRow): User => ({
  id: row.id,
  email: row.email,
  fullName: row.full_name,
  role: row.role,
  stripeCustomerId: row.stripe_customer_id,
  emailVerifiedAt: row.email_verified_at,
  createdAt: row.created_at,
});

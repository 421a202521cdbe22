import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface CredentialRow {
  readonly passwordHash: string;
  /** As PostgreSQL writes it, to the microsecond: names this password among those of the user. */
  readonly changedAt: string;
}

@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  find(userId: string): Promise<CredentialRow | undefined> {
    return this.database.queryOne<CredentialRow>(
      `SELECT password_hash AS "passwordHash", changed_at::text AS "changedAt"
         FROM auth_credentials WHERE user_id = $1`,
      [userId],
    );
  }

  /** Waits for a change that is under way, and keeps others waiting until the open transaction ends. */
  lock(userId: string): Promise<Pick<CredentialRow, 'changedAt'> | undefined> {
    return this.database.queryOne<Pick<CredentialRow, 'changedAt'>>(
      `SELECT changed_at::text AS "changedAt" FROM auth_credentials WHERE user_id = $1 FOR NO KEY UPDATE`,
      [userId],
    );
  }

  /** The time is that of the change, not of the transaction's start, and never the same twice. */
  async save(userId: string, passwordHash: string): Promise<void> {
    await this.database.query(
      `INSERT INTO auth_credentials AS c (user_id, password_hash, changed_at) VALUES ($1, $2, clock_timestamp())
       ON CONFLICT ON CONSTRAINT auth_credentials_pkey
       DO UPDATE SET password_hash = excluded.password_hash,
                     changed_at = GREATEST(clock_timestamp(), c.changed_at + interval '1 microsecond')`,
      [userId, passwordHash],
    );
  }

  /** The same password under newer parameters; a password changed in the meantime stays. */
  async replaceHash(userId: string, known: string, passwordHash: string): Promise<void> {
    await this.database.query(
      'UPDATE auth_credentials SET password_hash = $3 WHERE user_id = $1 AND password_hash = $2',
      [userId, known, passwordHash],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  async findHash(userId: string): Promise<string | undefined> {
    const row = await this.database.queryOne<{ password_hash: string }>(
      'SELECT password_hash FROM auth_credentials WHERE user_id = $1',
      [userId],
    );
    return row?.password_hash;
  }

  async save(userId: string, passwordHash: string): Promise<void> {
    await this.database.query(
      `INSERT INTO auth_credentials (user_id, password_hash) VALUES ($1, $2)
       ON CONFLICT ON CONSTRAINT auth_credentials_pkey
       DO UPDATE SET password_hash = excluded.password_hash, changed_at = now()`,
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

import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface NewBrowserSession {
  readonly userId: string;
  readonly cookieHash: Buffer;
  readonly device: string;
  readonly days: number;
}

export interface BrowserSessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly created_at: Date;
}

/** Browser sessions, found by the hash of their cookie. All times are the database's. */
@Injectable()
export class BrowserSessionsRepository {
  constructor(private readonly database: Database) {}

  /** Joins an open transaction. */
  async open({ userId, cookieHash, device, days }: NewBrowserSession): Promise<void> {
    await this.database.query(
      `INSERT INTO auth_sessions (user_id, kind, cookie_hash, device, expires_at)
       VALUES ($1, 'browser', $2, $3, now() + make_interval(days => $4))`,
      [userId, cookieHash, device, days],
    );
  }

  findActive(cookieHash: Buffer): Promise<BrowserSessionRow | undefined> {
    return this.database.queryOne<BrowserSessionRow>(
      `SELECT id, user_id, created_at FROM auth_sessions
        WHERE cookie_hash = $1 AND revoked_at IS NULL AND expires_at > now()`,
      [cookieHash],
    );
  }
}

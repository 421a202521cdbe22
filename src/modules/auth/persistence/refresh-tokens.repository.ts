import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface RefreshTokenRow {
  readonly expires_at: Date;
  readonly rotated_at: Date | null;
  readonly successor_salt: Buffer | null;
  /** The database's clock at the time of the read, not of the start of the transaction. */
  readonly now: Date;
}

export interface Rotation {
  readonly sessionId: string;
  readonly tokenHash: Buffer;
  readonly successorHash: Buffer;
  readonly successorSalt: Buffer;
  /** Life of the successor, in days; the limit of the session cuts it. */
  readonly tokenDays: number;
}

/** Refresh tokens of a sign-in. Callers hold the lock of the session. */
@Injectable()
export class RefreshTokensRepository {
  constructor(private readonly database: Database) {}

  find(tokenHash: Buffer): Promise<RefreshTokenRow | undefined> {
    return this.database.queryOne<RefreshTokenRow>(
      `SELECT expires_at, rotated_at, successor_salt, clock_timestamp() AS now
         FROM auth_refresh_tokens WHERE token_hash = $1`,
      [tokenHash],
    );
  }

  async rotate({ sessionId, tokenHash, successorHash, successorSalt, tokenDays }: Rotation): Promise<void> {
    // The token's own parent can no longer be repeated: its successor has just proved that it arrived.
    await this.database.query(
      'UPDATE auth_refresh_tokens SET successor_salt = NULL WHERE session_id = $1 AND successor_salt IS NOT NULL',
      [sessionId],
    );
    await this.database.query(
      'UPDATE auth_refresh_tokens SET rotated_at = clock_timestamp(), successor_salt = $2 WHERE token_hash = $1',
      [tokenHash, successorSalt],
    );
    await this.database.query(
      `INSERT INTO auth_refresh_tokens (token_hash, session_id, expires_at)
       SELECT $2, id, LEAST(now() + make_interval(days => $3), expires_at) FROM auth_sessions WHERE id = $1`,
      [sessionId, successorHash, tokenDays],
    );
    // An expired token is refused whether it is known or not; a long sign-in must not collect them.
    await this.database.query(
      'DELETE FROM auth_refresh_tokens WHERE session_id = $1 AND expires_at < now()',
      [sessionId],
    );
  }
}

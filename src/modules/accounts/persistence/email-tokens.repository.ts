import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { TokenPurpose } from './email-token.entity';

export interface NewEmailToken {
  readonly userId: string;
  readonly purpose: TokenPurpose;
  readonly tokenHash: Buffer;
  readonly email: string;
  readonly lifeMinutes: number;
}

/** How often a link of one kind is sent to one account. */
export interface MailLimits {
  readonly gapSeconds: number;
  readonly perDay: number;
}

export interface EmailTokenRow {
  readonly userId: string;
  readonly purpose: TokenPurpose;
  readonly email: string;
}

const COLUMNS = 'user_id AS "userId", purpose, email';

// A changed password invalidates links sent before it. Links that verify an address stay valid. Both times are read from
// the clock; the caller of `use` holds the lock of the password, so no change is in progress.
const IS_VALID = `used_at IS NULL AND expires_at > now()
  AND (purpose = 'verify_email' OR issued_at >= coalesce(
    (SELECT changed_at FROM auth_credentials c WHERE c.user_id = t.user_id), '-infinity'))`;

/** Links in emails. All times are the database's. */
@Injectable()
export class EmailTokensRepository {
  constructor(private readonly database: Database) {}

  /** Replaces the previous link. Returns false without a change when a limit applies or the user does not exist. */
  async issue(
    { userId, purpose, tokenHash, email, lifeMinutes }: NewEmailToken,
    { gapSeconds, perDay }: MailLimits,
  ): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO auth_email_tokens AS t (user_id, purpose, token_hash, email, expires_at, issued_at)
       SELECT id, $2, $3, $4, clock_timestamp() + make_interval(mins => $5), clock_timestamp() FROM users WHERE id = $1
       ON CONFLICT ON CONSTRAINT auth_email_tokens_pkey DO UPDATE SET
         token_hash = excluded.token_hash, email = excluded.email, expires_at = excluded.expires_at,
         issued_at = excluded.issued_at, used_at = NULL,
         day_started_at = CASE WHEN t.day_started_at <= now() - interval '1 day' THEN now() ELSE t.day_started_at END,
         issued_in_day = CASE WHEN t.day_started_at <= now() - interval '1 day' THEN 1 ELSE t.issued_in_day + 1 END
       WHERE t.issued_at <= now() - make_interval(secs => $6)
         AND (t.issued_in_day < $7 OR t.day_started_at <= now() - interval '1 day')
       RETURNING user_id`,
      [userId, purpose, tokenHash, email, lifeMinutes, gapSeconds, perDay],
    );
    return rows.length === 1;
  }

  /** Seconds until `issue` can succeed again; 0 when it can now. */
  async secondsToWait(
    userId: string,
    purpose: TokenPurpose,
    { gapSeconds, perDay }: MailLimits,
  ): Promise<number> {
    const row = await this.database.queryOne<{ seconds: number }>(
      `SELECT ceil(extract(epoch FROM greatest(
           issued_at + make_interval(secs => $3),
           CASE WHEN issued_in_day >= $4 THEN day_started_at + interval '1 day' ELSE issued_at END
         ) - now()))::int AS seconds
       FROM auth_email_tokens WHERE user_id = $1 AND purpose = $2`,
      [userId, purpose, gapSeconds, perDay],
    );
    return Math.max(0, row?.seconds ?? 0);
  }

  findValid(tokenHash: Buffer): Promise<EmailTokenRow | undefined> {
    return this.database.queryOne<EmailTokenRow>(
      `SELECT ${COLUMNS} FROM auth_email_tokens t WHERE token_hash = $1 AND ${IS_VALID}`,
      [tokenHash],
    );
  }

  findUsed(tokenHash: Buffer, purposes: readonly TokenPurpose[]): Promise<EmailTokenRow | undefined> {
    return this.database.queryOne<EmailTokenRow>(
      `SELECT ${COLUMNS} FROM auth_email_tokens
        WHERE token_hash = $1 AND purpose = ANY($2) AND used_at IS NOT NULL AND expires_at > now()`,
      [tokenHash, purposes],
    );
  }

  /** Only one of several concurrent calls gets the row. Joins an open transaction; if that fails, the link stays valid. */
  use(tokenHash: Buffer, purposes: readonly TokenPurpose[]): Promise<EmailTokenRow | undefined> {
    return this.database.queryOne<EmailTokenRow>(
      `UPDATE auth_email_tokens t SET used_at = now()
       WHERE token_hash = $1 AND purpose = ANY($2) AND ${IS_VALID} RETURNING ${COLUMNS}`,
      [tokenHash, purposes],
    );
  }
}

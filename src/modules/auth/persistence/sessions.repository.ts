import { Injectable } from '@nestjs/common';
import type { Role } from 'src/common/domain/principal';
import type { SessionRead } from 'src/common/http/decorators/reads-with-session.decorator';
import { Database, type PreparedStatement } from 'src/database/database';
import type { RevokeReason, SessionKind } from './session.entity';

export interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

/** A session that is alive, with the role of its user and the facts that the route reads with it. */
export interface ActiveSession {
  readonly role: Role;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A sign-in with the user's own password. */
export interface UserSessionRow {
  readonly id: string;
  readonly kind: Exclude<SessionKind, 'application'>;
  readonly device: string | null;
  readonly createdAt: Date;
}

export interface NewSession {
  readonly userId: string;
  readonly tokenHash: Buffer;
  /** Life of the first refresh token, in days. */
  readonly tokenDays: number;
  /** Limit of the whole session, in days. */
  readonly sessionDays: number;
}

/** Sessions. All times are the database's. */
@Injectable()
export class SessionsRepository {
  private readonly statements = new Map<string, PreparedStatement>();

  constructor(private readonly database: Database) {}

  /** Opens a session with its first refresh token, in one statement. Returns the id of the session. */
  async open({ userId, tokenHash, tokenDays, sessionDays }: NewSession): Promise<string> {
    const [row] = await this.database.query<{ id: string }>(
      `WITH session AS (
         INSERT INTO auth_sessions (user_id, expires_at) VALUES ($1, now() + make_interval(days => $4))
         RETURNING id, expires_at
       ), token AS (
         INSERT INTO auth_refresh_tokens (token_hash, session_id, expires_at)
         SELECT $2, id, LEAST(now() + make_interval(days => $3), expires_at) FROM session
       )
       SELECT id FROM session`,
      [userId, tokenHash, tokenDays, sessionDays],
    );
    if (row === undefined) throw new Error('INSERT INTO auth_sessions returned no row');
    return row.id;
  }

  /**
   * The one read behind every authenticated request: is the session alive, and what may its user do now? Joins `users`
   * although that table belongs to another module: a second statement per request would be the price of asking there.
   */
  async findActiveRole(
    sessionId: string,
    userId: string,
    reads: readonly SessionRead<unknown>[] = [],
  ): Promise<ActiveSession | undefined> {
    const statement = this.statementWith(reads);
    const [row] = await this.database.queryPrepared<ActiveSession>(statement, [sessionId, userId]);
    return row;
  }

  /** Finds the session that a refresh token belongs to and locks it, so that its tokens change one at a time. */
  findLockedByToken(tokenHash: Buffer): Promise<SessionRow | undefined> {
    return this.database.queryOne<SessionRow>(
      `SELECT id, user_id, expires_at, revoked_at FROM auth_sessions
        WHERE id = (SELECT session_id FROM auth_refresh_tokens WHERE token_hash = $1)
          FOR NO KEY UPDATE`,
      [tokenHash],
    );
  }

  /** Revoking a session twice keeps the first reason. */
  async revoke(sessionId: string, reason: RevokeReason): Promise<void> {
    await this.database.query(
      'UPDATE auth_sessions SET revoked_at = now(), revoke_reason = $2 WHERE id = $1 AND revoked_at IS NULL',
      [sessionId, reason],
    );
  }

  /** Any token of the family will do, also an old one. Unknown tokens change nothing. */
  async revokeByToken(tokenHash: Buffer, reason: RevokeReason): Promise<void> {
    await this.database.query(
      `UPDATE auth_sessions SET revoked_at = now(), revoke_reason = $2
        WHERE id = (SELECT session_id FROM auth_refresh_tokens WHERE token_hash = $1) AND revoked_at IS NULL`,
      [tokenHash, reason],
    );
  }

  /** Sessions through the API, in browsers and of connected applications; all but `keptSessionId`, if one is given. */
  async revokeAllOfUser(userId: string, reason: RevokeReason, keptSessionId?: string): Promise<void> {
    await this.database.query(
      `UPDATE auth_sessions SET revoked_at = now(), revoke_reason = $2
        WHERE user_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $3`,
      [userId, reason, keptSessionId ?? null],
    );
  }

  /** One sign-in, if it is this user's. */
  async revokeOfUser(userId: string, sessionId: string): Promise<void> {
    await this.database.query(
      `UPDATE auth_sessions SET revoked_at = now(), revoke_reason = 'ended_by_user'
        WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL`,
      [userId, sessionId],
    );
  }

  /** Whether its user proved the password within these minutes. */
  async isRecent(sessionId: string, minutes: number): Promise<boolean> {
    const row = await this.database.queryOne(
      'SELECT 1 FROM auth_sessions WHERE id = $1 AND created_at > now() - make_interval(mins => $2)',
      [sessionId, minutes],
    );
    return row !== undefined;
  }

  private statementWith(reads: readonly SessionRead<unknown>[]): PreparedStatement {
    const name = ['active_session', ...reads.map((read) => read.name)].join('_');
    const known = this.statements.get(name);
    if (known !== undefined) return known;
    const members = reads.map((read) => `'${read.name}', ${read.sql}`);
    const facts = reads.length === 0 ? '' : `, json_build_object(${members.join(', ')}) AS facts`;
    const text = `SELECT u.role${facts} FROM auth_sessions s JOIN users u ON u.id = s.user_id
        WHERE s.id = $1 AND s.user_id = $2 AND s.revoked_at IS NULL AND s.expires_at > now()`;
    const statement = { name, text };
    this.statements.set(name, statement);
    return statement;
  }

  /** Newest first; a hundred will do to recognise a stranger. */
  listOfUser(userId: string): Promise<UserSessionRow[]> {
    return this.database.query<UserSessionRow>(
      `SELECT id, kind, device, created_at AS "createdAt" FROM auth_sessions
        WHERE user_id = $1 AND kind <> 'application' AND revoked_at IS NULL AND expires_at > now()
        ORDER BY created_at DESC, id LIMIT 100`,
      [userId],
    );
  }
}

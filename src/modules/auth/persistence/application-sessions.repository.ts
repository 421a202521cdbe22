import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface NewApplicationSession {
  readonly userId: string;
  readonly clientId: string;
  readonly days: number;
}

export interface ApplicationOwner {
  readonly userId: string;
  readonly clientId: string;
}

export interface SessionLimits {
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export interface ApplicationSessionRow {
  readonly clientId: string;
  readonly connectedAt: Date;
  readonly lastUsedAt: Date;
}

/** Sessions of applications that users connected: one per consent. */
@Injectable()
export class ApplicationSessionsRepository {
  constructor(private readonly database: Database) {}

  /** Returns the id of the session. Joins an open transaction. */
  async open({ userId, clientId, days }: NewApplicationSession): Promise<string> {
    const row = await this.database.queryOne<{ id: string }>(
      `INSERT INTO auth_sessions (user_id, kind, client_id, expires_at)
       VALUES ($1, 'application', $2, now() + make_interval(days => $3)) RETURNING id`,
      [userId, clientId, days],
    );
    if (row === undefined) throw new Error('INSERT INTO auth_sessions returned no row');
    return row.id;
  }

  /** Each application once, however often it was connected. */
  listOfUser(userId: string): Promise<ApplicationSessionRow[]> {
    return this.database.query<ApplicationSessionRow>(
      `SELECT client_id AS "clientId", min(created_at) AS "connectedAt", max(last_used_at) AS "lastUsedAt"
         FROM auth_sessions
        WHERE user_id = $1 AND kind = 'application' AND revoked_at IS NULL AND expires_at > now()
        GROUP BY client_id`,
      [userId],
    );
  }

  async isActive(id: string): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM auth_sessions
        WHERE id = $1 AND kind = 'application' AND revoked_at IS NULL AND expires_at > now()`,
      [id],
    );
    return rows.length === 1;
  }

  async isActiveOf(id: string, { userId, clientId }: ApplicationOwner): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM auth_sessions
        WHERE id = $1 AND user_id = $2 AND client_id = $3 AND revoked_at IS NULL AND expires_at > now()`,
      [id, userId, clientId],
    );
    return rows.length === 1;
  }

  async findNewest(userId: string, clientId: string): Promise<string | undefined> {
    const row = await this.database.queryOne<{ id: string }>(
      `SELECT id FROM auth_sessions
        WHERE user_id = $1 AND client_id = $2 AND revoked_at IS NULL AND expires_at > now()
        ORDER BY created_at DESC, id LIMIT 1`,
      [userId, clientId],
    );
    return row?.id;
  }

  /** Joins an open transaction. */
  lock(id: string): Promise<SessionLimits | undefined> {
    return this.database.queryOne<SessionLimits>(
      `SELECT expires_at AS "expiresAt", revoked_at AS "revokedAt" FROM auth_sessions
        WHERE id = $1 AND kind = 'application' FOR NO KEY UPDATE`,
      [id],
    );
  }

  async markUsed(id: string): Promise<void> {
    await this.database.query('UPDATE auth_sessions SET last_used_at = now() WHERE id = $1', [id]);
  }

  async revokeOfClient(userId: string, clientId: string): Promise<void> {
    await this.database.query(
      `UPDATE auth_sessions SET revoked_at = now(), revoke_reason = 'ended_by_user'
        WHERE user_id = $1 AND client_id = $2 AND revoked_at IS NULL`,
      [userId, clientId],
    );
  }
}

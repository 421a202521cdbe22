import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface ConnectionRow {
  readonly clientId: string;
  readonly name: string;
  readonly connectedAt: Date;
  readonly lastUsedAt: Date;
}

/** Sign-ins of applications that users connected: one per consent. */
@Injectable()
export class ConnectionsRepository {
  constructor(private readonly database: Database) {}

  /** Returns the id of the sign-in, which is the id of the grant. Joins an open transaction. */
  async open({
    userId,
    clientId,
    days,
  }: {
    userId: string;
    clientId: string;
    days: number;
  }): Promise<string> {
    const row = await this.database.queryOne<{ id: string }>(
      `INSERT INTO auth_sessions (user_id, kind, client_id, expires_at)
       VALUES ($1, 'application', $2, now() + make_interval(days => $3)) RETURNING id`,
      [userId, clientId, days],
    );
    if (row === undefined) throw new Error('INSERT INTO auth_sessions returned no row');
    return row.id;
  }

  /** Each application once, however often it was connected. */
  listOfUser(userId: string): Promise<ConnectionRow[]> {
    return this.database.query<ConnectionRow>(
      `SELECT s.client_id AS "clientId", COALESCE(c.name, s.client_id) AS name,
              min(s.created_at) AS "connectedAt", max(s.last_used_at) AS "lastUsedAt"
         FROM auth_sessions s LEFT JOIN auth_clients c ON c.id = s.client_id
        WHERE s.user_id = $1 AND s.kind = 'application' AND s.revoked_at IS NULL AND s.expires_at > now()
        GROUP BY s.client_id, c.name ORDER BY name`,
      [userId],
    );
  }

  async end(userId: string, clientId: string): Promise<void> {
    await this.database.query(
      `UPDATE auth_sessions SET revoked_at = now(), revoke_reason = 'ended_by_user'
        WHERE user_id = $1 AND client_id = $2 AND revoked_at IS NULL`,
      [userId, clientId],
    );
  }
}

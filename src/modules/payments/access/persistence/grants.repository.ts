import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** Complimentary access as it was given. Business time bounds it; `createdAt` and `revokedAt` are real time. */
export interface Grant {
  readonly id: string;
  readonly userId: string;
  readonly reason: string;
  readonly startsAt: Date;
  /** Null: until revoked. */
  readonly endsAt: Date | null;
  /** The operator's user id. */
  readonly grantedBy: string;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
}

export type NewGrant = Pick<Grant, 'userId' | 'reason' | 'startsAt' | 'endsAt' | 'grantedBy'>;

export const GRANT_COLUMNS = `id, user_id AS "userId", reason, starts_at AS "startsAt", ends_at AS "endsAt",
  granted_by AS "grantedBy", revoked_at AS "revokedAt", created_at AS "createdAt"`;

/** Joins the transaction that also records what a grant meant for access. */
@Injectable()
export class GrantsRepository {
  constructor(private readonly database: Database) {}

  async insert({ userId, reason, startsAt, endsAt, grantedBy }: NewGrant): Promise<Grant> {
    const row = await this.database.queryOne<Grant>(
      `INSERT INTO grants (user_id, reason, starts_at, ends_at, granted_by) VALUES ($1, $2, $3, $4, $5)
       RETURNING ${GRANT_COLUMNS}`,
      [userId, reason, startsAt, endsAt, grantedBy],
    );
    if (row === undefined) throw new Error('INSERT INTO grants returned no row');
    return row;
  }

  find(id: string): Promise<Grant | undefined> {
    return this.database.queryOne<Grant>(`SELECT ${GRANT_COLUMNS} FROM grants WHERE id = $1`, [id]);
  }

  /** Undefined when it was revoked before, or does not exist. */
  revoke(id: string): Promise<Grant | undefined> {
    return this.database.queryOne<Grant>(
      `UPDATE grants SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING ${GRANT_COLUMNS}`,
      [id],
    );
  }

  /** Blocks other grants of the user until the transaction ends. */
  async lockUser(userId: string): Promise<void> {
    await this.database.query(`SELECT id FROM users WHERE id = $1 FOR UPDATE`, [userId]);
  }
}

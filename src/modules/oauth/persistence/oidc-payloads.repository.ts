import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface OidcPayloadRow {
  readonly payload: Record<string, unknown>;
  readonly consumed: boolean;
}

export interface NewOidcPayload {
  readonly model: string;
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly grantId: string | undefined;
  readonly expiresInSeconds: number | undefined;
}

export interface RotationRow {
  readonly expiresAt: Date;
  readonly rotatedAt: Date | null;
  readonly successorSalt: Buffer | null;
  /** The database's clock at the time of the read. */
  readonly now: Date;
}

export interface Rotation {
  readonly id: string;
  readonly grantId: string;
  readonly salt: Buffer;
}

const hash = (id: string): Buffer => createHash('sha256').update(id).digest();

/** How many leftovers each new interaction sweeps away: more than one leaves behind. */
const SWEEP = 50;

/** What the authorization server remembers. Callers pass ids in clear; only their hashes are stored. */
@Injectable()
export class OidcPayloadsRepository {
  constructor(private readonly database: Database) {}

  async save({ model, id, payload, grantId, expiresInSeconds }: NewOidcPayload): Promise<void> {
    await this.database.query(
      `INSERT INTO auth_oidc_payloads (model, id_hash, payload, grant_id, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))
       ON CONFLICT ON CONSTRAINT auth_oidc_payloads_pkey
       DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`,
      [model, hash(id), JSON.stringify(payload), grantId ?? null, expiresInSeconds ?? null],
    );
  }

  find(model: string, id: string): Promise<OidcPayloadRow | undefined> {
    return this.database.queryOne<OidcPayloadRow>(
      `SELECT payload, consumed_at IS NOT NULL AS consumed FROM auth_oidc_payloads
        WHERE model = $1 AND id_hash = $2`,
      [model, hash(id)],
    );
  }

  /** The row, for exactly one of any number of callers; undefined for the others. Joins an open transaction. */
  consume(model: string, id: string): Promise<{ grantId: string | null } | undefined> {
    return this.database.queryOne<{ grantId: string | null }>(
      `UPDATE auth_oidc_payloads SET consumed_at = clock_timestamp()
        WHERE model = $1 AND id_hash = $2 AND consumed_at IS NULL RETURNING grant_id AS "grantId"`,
      [model, hash(id)],
    );
  }

  /** A refresh token as a rotation sees it. */
  findRotation(id: string): Promise<RotationRow | undefined> {
    return this.database.queryOne<RotationRow>(
      `SELECT expires_at AS "expiresAt", consumed_at AS "rotatedAt", successor_salt AS "successorSalt",
              clock_timestamp() AS now
         FROM auth_oidc_payloads WHERE model = 'RefreshToken' AND id_hash = $1`,
      [hash(id)],
    );
  }

  /** Consumes a refresh token. Its parent can no longer be repeated: this use proves that its successor arrived. */
  async rotate({ id, grantId, salt }: Rotation): Promise<void> {
    await this.database.query(
      `UPDATE auth_oidc_payloads
          SET consumed_at = CASE WHEN id_hash = $1 THEN clock_timestamp() ELSE consumed_at END,
              successor_salt = CASE WHEN id_hash = $1 THEN $3::bytea END
        WHERE model = 'RefreshToken' AND grant_id = $2 AND (id_hash = $1 OR successor_salt IS NOT NULL)`,
      [hash(id), grantId, salt],
    );
  }

  /** When the user was asked, by the clock that also dates sessions. */
  async findInteractionTime(uid: string): Promise<Date | undefined> {
    const row = await this.database.queryOne<{ at: Date }>(
      `SELECT created_at AS at FROM auth_oidc_payloads WHERE model = 'Interaction' AND id_hash = $1`,
      [hash(uid)],
    );
    return row?.at;
  }

  /** The grant with which the user has answered, if any. Other answers wait until the open transaction ends. */
  lockInteraction(uid: string): Promise<{ grantId: string | null } | undefined> {
    return this.database.queryOne<{ grantId: string | null }>(
      `SELECT grant_id AS "grantId" FROM auth_oidc_payloads
        WHERE model = 'Interaction' AND id_hash = $1 FOR UPDATE`,
      [hash(uid)],
    );
  }

  async answerInteraction(uid: string, grantId: string): Promise<void> {
    await this.database.query(
      `UPDATE auth_oidc_payloads SET grant_id = $2 WHERE model = 'Interaction' AND id_hash = $1`,
      [hash(uid), grantId],
    );
  }

  async delete(model: string, id: string): Promise<void> {
    await this.database.query('DELETE FROM auth_oidc_payloads WHERE model = $1 AND id_hash = $2', [
      model,
      hash(id),
    ]);
  }

  async deleteOfGrant(model: string, grantId: string): Promise<void> {
    await this.database.query('DELETE FROM auth_oidc_payloads WHERE model = $1 AND grant_id = $2', [
      model,
      grantId,
    ]);
  }

  /** Removes some of what has expired, so that the table stays as large as what is in use. */
  async sweep(): Promise<void> {
    await this.database.query(
      `DELETE FROM auth_oidc_payloads WHERE (model, id_hash) IN (
         SELECT model, id_hash FROM auth_oidc_payloads WHERE expires_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [SWEEP],
    );
  }
}

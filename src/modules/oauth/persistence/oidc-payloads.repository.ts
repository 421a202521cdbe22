import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface OidcPayloadRow {
  readonly payload: Record<string, unknown>;
  /** Seconds since it was consumed, by the database's clock; null while it was not. */
  readonly consumed_seconds: number | null;
}

export interface NewOidcPayload {
  readonly model: string;
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly grantId: string | undefined;
  readonly expiresInSeconds: number | undefined;
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
      `SELECT payload, extract(epoch FROM clock_timestamp() - consumed_at)::float8 AS consumed_seconds
         FROM auth_oidc_payloads WHERE model = $1 AND id_hash = $2`,
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

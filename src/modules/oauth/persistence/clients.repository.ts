import { Injectable } from '@nestjs/common';
import type { Scope } from 'src/common/domain/scopes';
import { Database } from 'src/database/database';

export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly confidential: boolean;
  readonly scopes: readonly Scope[];
  readonly redirectUris: readonly string[];
  readonly hasSecret: boolean;
  readonly previousSecretUntil: Date | null;
  readonly updatedAt: Date;
}

const COLUMNS = `id, name, confidential, scopes, redirect_uris AS "redirectUris",
  secret_hash IS NOT NULL AS "hasSecret", previous_secret_until AS "previousSecretUntil", updated_at AS "updatedAt"`;

/** Applications that may ask users for access. */
@Injectable()
export class ClientsRepository {
  constructor(private readonly database: Database) {}

  list(): Promise<ClientRow[]> {
    return this.database.query<ClientRow>(`SELECT ${COLUMNS} FROM auth_clients ORDER BY id`);
  }

  find(id: string): Promise<ClientRow | undefined> {
    return this.database.queryOne<ClientRow>(`SELECT ${COLUMNS} FROM auth_clients WHERE id = $1`, [id]);
  }

  saveRedirectUris(id: string, redirectUris: readonly string[]): Promise<ClientRow | undefined> {
    return this.database.queryOne<ClientRow>(
      `UPDATE auth_clients SET redirect_uris = $2, updated_at = now() WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, redirectUris],
    );
  }

  /** The secret that held until now stays good for `overlapHours` more. */
  saveSecret(id: string, secretHash: Buffer, overlapHours: number): Promise<ClientRow | undefined> {
    return this.database.queryOne<ClientRow>(
      `UPDATE auth_clients
          SET previous_secret_hash = secret_hash,
              previous_secret_until = CASE WHEN secret_hash IS NULL THEN NULL
                                           ELSE now() + make_interval(hours => $3) END,
              secret_hash = $2, updated_at = now()
        WHERE id = $1 AND confidential RETURNING ${COLUMNS}`,
      [id, secretHash, overlapHours],
    );
  }

  /** The hashes of all secrets that hold now. */
  async listSecretHashes(id: string): Promise<Buffer[]> {
    const rows = await this.database.query<{ hash: Buffer }>(
      `SELECT secret_hash AS hash FROM auth_clients WHERE id = $1 AND secret_hash IS NOT NULL
       UNION ALL
       SELECT previous_secret_hash FROM auth_clients WHERE id = $1 AND previous_secret_until > now()`,
      [id],
    );
    return rows.map(({ hash }) => hash);
  }
}

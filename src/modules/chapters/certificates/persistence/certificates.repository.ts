import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface NewCertificate {
  readonly code: string;
  readonly userId: string;
  readonly issuedAt: Date;
  readonly keyId: string;
  /** The signed content of the certificate. */
  readonly jws: string;
}

export interface StoredCertificate extends NewCertificate {
  readonly revokedAt: Date | undefined;
}

interface CertificateRow {
  readonly code: string;
  readonly user_id: string;
  readonly issued_at: Date;
  readonly key_id: string;
  readonly jws: string;
  readonly revoked_at: Date | null;
}

const COLUMNS = 'code, user_id, issued_at, key_id, jws, revoked_at';

@Injectable()
export class CertificatesRepository {
  constructor(private readonly database: Database) {}

  findOfUser(userId: string): Promise<StoredCertificate | undefined> {
    return this.findOne('user_id = $1', userId);
  }

  findByCode(code: string): Promise<StoredCertificate | undefined> {
    return this.findOne('code = $1', code);
  }

  /** Stores one certificate per student. Of concurrent calls the first one wins. */
  async saveFirst({ code, userId, issuedAt, keyId, jws }: NewCertificate): Promise<void> {
    await this.database.query(
      `INSERT INTO certificates (code, user_id, issued_at, key_id, jws) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT certificates_user_id_key DO NOTHING`,
      [code, userId, issuedAt, keyId, jws],
    );
  }

  /** True when the certificate was valid before this call. The first revocation keeps its time and reason. */
  async revoke(code: string, { at, reason }: { at: Date; reason: string }): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE certificates SET revoked_at = $2, revoked_reason = $3
       WHERE code = $1 AND revoked_at IS NULL RETURNING code`,
      [code, at, reason],
    );
    return rows.length === 1;
  }

  /** The current name on the student's profile. */
  async getProfileName(userId: string): Promise<string> {
    const row = await this.database.queryOne<{ full_name: string }>(
      'SELECT full_name FROM users WHERE id = $1',
      [userId],
    );
    if (row === undefined) throw new Error('a signed-in student has no profile');
    return row.full_name;
  }

  private async findOne(condition: string, value: string): Promise<StoredCertificate | undefined> {
    const row = await this.database.queryOne<CertificateRow>(
      `SELECT ${COLUMNS} FROM certificates WHERE ${condition}`,
      [value],
    );
    return (
      row && {
        code: row.code,
        userId: row.user_id,
        issuedAt: row.issued_at,
        keyId: row.key_id,
        jws: row.jws,
        revokedAt: row.revoked_at ?? undefined,
      }
    );
  }
}

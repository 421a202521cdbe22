import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { PortalFlow } from 'src/modules/payments/stripe/stripe-portal';

export interface BillingLink {
  readonly userId: string;
  readonly flow: PortalFlow | null;
}

/** One-time links. All times are the database's. */
@Injectable()
export class BillingLinksRepository {
  constructor(private readonly database: Database) {}

  /** Deletes expired links of the user as well, so that the table stays small. */
  async insert(link: BillingLink & { codeHash: Buffer; lifeMinutes: number }): Promise<Date> {
    await this.database.query(
      `DELETE FROM billing_links WHERE user_id = $1 AND expires_at < now() - interval '1 day'`,
      [link.userId],
    );
    const row = await this.database.queryOne<{ expires_at: Date }>(
      `INSERT INTO billing_links (code_hash, user_id, flow, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(mins => $4)) RETURNING expires_at`,
      [link.codeHash, link.userId, link.flow, link.lifeMinutes],
    );
    if (row === undefined) throw new Error('INSERT returned no row');
    return row.expires_at;
  }

  findOwner(codeHash: Buffer): Promise<Pick<BillingLink, 'userId'> | undefined> {
    return this.database.queryOne(`SELECT user_id AS "userId" FROM billing_links WHERE code_hash = $1`, [
      codeHash,
    ]);
  }

  /** Only one of several concurrent calls gets the row. */
  use(codeHash: Buffer, userId: string): Promise<BillingLink | undefined> {
    return this.database.queryOne(
      `UPDATE billing_links SET used_at = now()
       WHERE code_hash = $1 AND user_id = $2 AND used_at IS NULL AND expires_at > now()
       RETURNING user_id AS "userId", flow`,
      [codeHash, userId],
    );
  }
}

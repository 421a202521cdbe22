import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** What Stripe knows of a person. */
export interface SentDetails {
  readonly email: string | undefined;
  readonly name: string | undefined;
}

/** What was last sent to Stripe about a person, as the operations record it. */
@Injectable()
export class SentDetailsRepository {
  constructor(private readonly database: Database) {}

  /** Also what Stripe has rejected, but not what it failed to answer: a rejection is not sent again. Undefined when nothing was sent under our keys. */
  async findLast(userId: string): Promise<SentDetails | undefined> {
    const row = await this.database.queryOne<{ params: Partial<SentDetails> }>(
      `SELECT params FROM stripe_operations
       WHERE user_id = $1 AND kind IN ('create_customer', 'update_customer')
         AND (status = 'succeeded' OR (status = 'failed' AND error_code <> 'server_error'))
       ORDER BY created_at DESC, id LIMIT 1`,
      [userId],
    );
    return row && { email: row.params.email, name: row.params.name };
  }
}

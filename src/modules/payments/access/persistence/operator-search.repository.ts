import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** Which table knows the user of a Stripe object, by the prefix of its id. */
const OWNERS: Readonly<Record<string, string>> = {
  sub: 'SELECT user_id FROM subscriptions WHERE id = $1',
  cs: 'SELECT user_id FROM checkout_sessions WHERE stripe_session_id = $1',
  re: 'SELECT user_id FROM refunds WHERE id = $1',
  pyr: 'SELECT user_id FROM refunds WHERE id = $1',
  dp: 'SELECT user_id FROM disputes WHERE id = $1',
  du: 'SELECT user_id FROM disputes WHERE id = $1',
};

/** Finds the users of Stripe's objects, for operators. */
@Injectable()
export class OperatorSearchRepository {
  constructor(private readonly database: Database) {}

  /** Whose object this is. Empty for an unknown id, and for kinds of objects that are not stored. */
  async findOwners(stripeId: string): Promise<string[]> {
    const [prefix = ''] = stripeId.split('_');
    const sql = OWNERS[prefix];
    if (sql === undefined) return [];
    const rows = await this.database.query<{ user_id: string }>(sql, [stripeId]);
    return [...new Set(rows.map(({ user_id }) => user_id))];
  }
}

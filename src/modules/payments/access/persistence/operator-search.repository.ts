import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** Which table knows the user of a Stripe object, by the prefix of its id. */
const OWNERS: Readonly<Record<string, string>> = {
  sub: 'SELECT user_id FROM subscriptions WHERE id = $1',
  cs: 'SELECT user_id FROM checkout_sessions WHERE stripe_session_id = $1',
  in: 'SELECT user_id FROM invoices WHERE id = $1',
  pi: 'SELECT user_id FROM payments WHERE payment_intent_id = $1',
  ch: 'SELECT user_id FROM payments WHERE charge_id = $1',
  py: 'SELECT user_id FROM payments WHERE charge_id = $1',
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
    return sql === undefined ? [] : this.ids(sql, [stripeId]);
  }

  /** Who paid with a card of these last four digits, the latest payment first. Looks at the newest 200 payments. */
  findPayers(lastFour: string, limit: number): Promise<string[]> {
    return this.ids(
      `SELECT user_id FROM (
         SELECT user_id, created_at FROM payments WHERE card_last4 = $1 ORDER BY created_at DESC LIMIT 200) newest
       GROUP BY user_id ORDER BY max(created_at) DESC LIMIT $2`,
      [lastFour, limit],
    );
  }

  private async ids(sql: string, parameters: readonly unknown[]): Promise<string[]> {
    const rows = await this.database.query<{ user_id: string }>(sql, parameters);
    return [...new Set(rows.map(({ user_id }) => user_id))];
  }
}

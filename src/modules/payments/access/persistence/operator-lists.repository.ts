import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { CUSTOMER_LISTS, type CustomerList } from 'src/modules/payments/access/customer-lists';

/** One customer in a list: why, and the date that the list is about. */
export interface ListedCustomer {
  readonly userId: string;
  readonly what: string;
  readonly at: Date | null;
}

const MOST = 100;
const LIVE = `status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused')`;

interface Moment {
  readonly now: Date;
  readonly graceMs: number;
}

/** $1 is the business time, $2 the grace in milliseconds. */
const LISTS: Readonly<Record<CustomerList, string>> = {
  past_due: `
    SELECT user_id AS "userId", status || ', ' || id AS what, past_due_since AS at FROM subscriptions
    WHERE status IN ('past_due', 'unpaid') ORDER BY past_due_since, id`,
  losing_access: `
    SELECT * FROM (
      SELECT user_id AS "userId", 'subscription ends' AS what, cancel_at AS at FROM subscriptions
      WHERE ${LIVE} AND cancel_at IS NOT NULL
      UNION ALL
      SELECT user_id, 'grace ends', past_due_since + $2 * interval '1 millisecond' FROM subscriptions
      WHERE ${LIVE} AND status = 'past_due' AND past_due_since IS NOT NULL
      UNION ALL
      SELECT user_id, 'trial ends', trial_end FROM subscriptions
      WHERE ${LIVE} AND status = 'trialing' AND trial_end IS NOT NULL
      UNION ALL
      SELECT user_id, 'complimentary access ends', ends_at FROM grants
      WHERE revoked_at IS NULL AND ends_at IS NOT NULL) ending
    WHERE at > $1 AND at <= $1 + interval '7 days' ORDER BY at, "userId"`,
  newest_premium: `
    SELECT user_id AS "userId", reason AS what, created_at AS at FROM entitlement_transitions
    WHERE granted AND from_state NOT IN ('active', 'trialing', 'canceling', 'past_due') ORDER BY id DESC`,
  two_subscriptions: `
    SELECT user_id AS "userId", string_agg(id, ', ' ORDER BY created_at) AS what, max(created_at) AS at
    FROM subscriptions WHERE ${LIVE} AND grants_premium GROUP BY user_id HAVING count(*) > 1 ORDER BY 3 DESC`,
  disputes: `
    SELECT user_id AS "userId", id || ', ' || status AS what, created_at AS at FROM disputes
    WHERE status IN ('open', 'inquiry') ORDER BY created_at, id`,
};

/** Customers that may need a person. Each list stops at a hundred. */
@Injectable()
export class OperatorListsRepository {
  constructor(private readonly database: Database) {}

  list(name: CustomerList, { now, graceMs }: Moment): Promise<ListedCustomer[]> {
    // The parameters are named once, so that each list may use them or not.
    return this.database.query<ListedCustomer>(
      `WITH moment AS (SELECT $1::timestamptz, $2::float8) SELECT * FROM (${LISTS[name]}) list LIMIT ${MOST}`,
      [now, graceMs],
    );
  }

  async count({ now, graceMs }: Moment): Promise<Readonly<Record<CustomerList, number>>> {
    const counts = CUSTOMER_LISTS.filter((name) => name !== 'newest_premium').map(
      (name) => `(SELECT count(*) FROM (SELECT 1 FROM (${LISTS[name]}) l LIMIT 1000) c)::integer AS ${name}`,
    );
    const row = await this.database.queryOne<Record<CustomerList, number>>(
      `WITH moment AS (SELECT $1::timestamptz, $2::float8) SELECT ${counts.join(', ')}, 0 AS newest_premium`,
      [now, graceMs],
    );
    if (row === undefined) throw new Error('SELECT without a table returned no row');
    return row;
  }
}

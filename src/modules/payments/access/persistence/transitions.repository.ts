import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { Access, AccessReason, AccessState } from 'src/modules/payments/access/domain/access';

/** Who or what made the change: each transition names it, so that an operator can follow it back. */
export interface Cause {
  readonly kind: 'webhook' | 'sync_request' | 'checkout_return' | 'api' | 'operator';
  /** Event id, request id, customer id or the operator's user id, depending on the kind. */
  readonly id: string;
}

export interface RecordedState {
  readonly state: AccessState;
  readonly reason: AccessReason;
  readonly granted: boolean;
}

/** A change that was just recorded. */
export interface RecordedTransition {
  readonly id: string;
  readonly from: RecordedState;
  readonly to: Access;
}

/** The append-only log of what users were told about their access. */
@Injectable()
export class TransitionsRepository {
  constructor(private readonly database: Database) {}

  async findLast(userId: string): Promise<RecordedState | undefined> {
    return this.database.queryOne<{ state: AccessState; reason: AccessReason; granted: boolean }>(
      `SELECT to_state AS state, reason, granted FROM entitlement_transitions WHERE user_id = $1 ORDER BY id DESC LIMIT 1`,
      [userId],
    );
  }

  /** Returns the id of the transition. */
  async append(change: {
    userId: string;
    from: AccessState;
    to: Access;
    cause: Cause;
    businessTime: Date;
  }): Promise<string> {
    const { userId, from, to, cause, businessTime } = change;
    const row = await this.database.queryOne<{ id: string }>(
      `INSERT INTO entitlement_transitions
         (user_id, from_state, to_state, granted, reason, access_until, subscription_id, cause_kind, cause_id, business_time)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       RETURNING id`,
      [
        userId,
        from,
        to.state,
        to.granted,
        to.reason,
        to.until,
        to.subscriptionId,
        cause.kind,
        cause.id,
        businessTime,
      ],
    );
    if (row === undefined) throw new Error('INSERT returned no row');
    return row.id;
  }
}

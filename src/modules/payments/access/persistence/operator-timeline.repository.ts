import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { sortableNumber, timelineSql, type TimelinePage, type TimelineRow } from 'src/database/timeline';
import type { AccessReason, AccessState } from 'src/modules/payments/access/domain/access';
import type { OperationKind } from 'src/modules/payments/operations/persistence/operations.repository';
import type { Cause } from './transitions.repository';

export interface TransitionEntry extends TimelineRow<'transition'> {
  readonly from: AccessState;
  readonly to: AccessState;
  readonly granted: boolean;
  readonly reason: AccessReason;
  readonly until: Date | null;
  readonly subscriptionId: string | null;
  readonly causeKind: Cause['kind'];
  readonly causeId: string;
}

/** What we asked of Stripe. Its parameters stay out: they hold addresses. */
export interface OperationEntry extends TimelineRow<'stripe_operation'> {
  readonly id: string;
  readonly operation: OperationKind;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'superseded';
  readonly target: string;
  readonly resultId: string | null;
  readonly errorCode: string | null;
  readonly requestId: string | null;
  readonly finishedAt: Date | null;
}

export interface GrantEntry extends TimelineRow<'grant' | 'grant_revoked'> {
  readonly id: string;
  readonly reason: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly grantedBy: string;
}

export type PaymentEntry = TransitionEntry | OperationEntry | GrantEntry;

const TRANSITIONS = timelineSql({
  kind: 'transition',
  time: 'created_at',
  key: sortableNumber('id'),
  columns: `from_state AS "from", to_state AS "to", granted, reason, access_until AS "until",
    subscription_id AS "subscriptionId", cause_kind AS "causeKind", cause_id AS "causeId"`,
  from: 'entitlement_transitions WHERE user_id = $1',
});

const OPERATIONS = timelineSql({
  kind: 'stripe_operation',
  time: 'created_at',
  key: 'id::text',
  columns: `id, kind AS operation, status, target, result_id AS "resultId", error_code AS "errorCode",
    request_id AS "requestId", finished_at AS "finishedAt"`,
  from: 'stripe_operations WHERE user_id = $1',
});

const GRANT = `id, reason, starts_at AS "startsAt", ends_at AS "endsAt", granted_by AS "grantedBy"`;

const GRANTS = timelineSql({
  kind: 'grant',
  time: 'created_at',
  key: 'id::text',
  columns: GRANT,
  from: 'grants WHERE user_id = $1',
});

const REVOCATIONS = timelineSql({
  kind: 'grant_revoked',
  time: 'revoked_at',
  key: 'id::text',
  columns: GRANT,
  from: 'grants WHERE user_id = $1 AND revoked_at IS NOT NULL',
});

/** What happened to a user's payments, as it was recorded at the time. */
@Injectable()
export class OperatorTimelineRepository {
  constructor(private readonly database: Database) {}

  /** Up to `limit` rows of each kind, in no order. */
  async list(userId: string, { before, limit }: TimelinePage): Promise<PaymentEntry[]> {
    const parameters = [userId, before ?? null, limit];
    const lists = await Promise.all(
      [TRANSITIONS, OPERATIONS, GRANTS, REVOCATIONS].map((sql) =>
        this.database.query<PaymentEntry>(sql, parameters),
      ),
    );
    return lists.flat();
  }
}

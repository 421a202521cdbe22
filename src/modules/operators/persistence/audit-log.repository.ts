import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { sortableNumber, timelineSql, type TimelinePage, type TimelineRow } from 'src/database/timeline';

export const AUDIT_ACTIONS = [
  'sync_user',
  'grant_access',
  'revoke_grant',
  'replay_webhook_event',
  'replay_dead_events',
  'replay_webhook_events',
  'ignore_webhook_event',
  'cancel_subscription',
  'resume_subscription',
  'refund_invoice',
  'approve_refund_request',
  'decline_refund_request',
  'bind_customer',
  'unbind_customer',
  'rename_user',
  'end_sessions',
  'resend_email',
  'resolve_task',
  'repair_drift',
  'create_operator',
  'disable_operator',
  'reset_operator_password',
  'set_redirect_uris',
  'make_client_secret',
  'revoke_certificate',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The operator, the reason and the request of an action. */
export interface Act {
  readonly operatorId: string;
  readonly requestId: string;
  readonly reason: string;
}

export interface NewAuditEntry {
  readonly act: Act;
  readonly action: AuditAction;
  readonly target: {
    readonly kind:
      | 'user'
      | 'grant'
      | 'webhook_event'
      | 'webhook_inbox'
      | 'oauth_client'
      | 'certificate'
      | 'subscription'
      | 'invoice'
      | 'refund_request'
      | 'customer'
      | 'operator_task'
      | 'drift';
    readonly id: string;
  };
  /** The affected user, if there is one; the entry appears in that user's timeline. */
  readonly userId?: string | undefined;
  /** Ids and dates only, never a payload, an address or a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends Act {
  readonly id: number;
  readonly action: AuditAction;
  readonly targetKind: string;
  readonly targetId: string;
  readonly userId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

export interface AuditTimelineEntry extends TimelineRow<'audit'>, Omit<AuditEntry, 'details' | 'createdAt'> {}

const COLUMNS = `id, operator_id AS "operatorId", action, target_kind AS "targetKind", target_id AS "targetId",
  user_id AS "userId", reason, request_id AS "requestId"`;

const OF_USER = timelineSql({
  kind: 'audit',
  time: 'created_at',
  key: sortableNumber('id'),
  columns: COLUMNS,
  from: 'audit_log WHERE user_id = $1',
});

/** The append-only record of operator actions. */
@Injectable()
export class AuditLogRepository {
  constructor(private readonly database: Database) {}

  /** Joins the transaction of the action, so that both are committed or neither. */
  async append({ act, action, target, userId, details = {} }: NewAuditEntry): Promise<void> {
    await this.database.query(
      `INSERT INTO audit_log (operator_id, action, target_kind, target_id, user_id, reason, details, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        act.operatorId,
        action,
        target.kind,
        target.id,
        userId ?? null,
        act.reason,
        JSON.stringify(details),
        act.requestId,
      ],
    );
  }

  /** Newest first; `before` is the id of the last entry on the previous page. */
  async list({ before, limit }: { before: number | undefined; limit: number }): Promise<AuditEntry[]> {
    const rows = await this.database.query<Omit<AuditEntry, 'id'> & { id: string }>(
      `SELECT ${COLUMNS}, details, created_at AS "createdAt"
       FROM audit_log WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [before ?? null, limit],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }

  /** Operator actions that affected one user, newest first. */
  async listOfUser(userId: string, { before, limit }: TimelinePage): Promise<AuditTimelineEntry[]> {
    const rows = await this.database.query<AuditTimelineEntry>(OF_USER, [userId, before ?? null, limit]);
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }
}

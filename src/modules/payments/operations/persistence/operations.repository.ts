import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { isUniqueViolation } from 'src/database/unique-violation';
import { CustomerBusyError } from 'src/engine/engine.errors';

export const OPERATION_KINDS = [
  'create_customer',
  'create_checkout_session',
  'expire_checkout_session',
  'cancel_subscription',
  'resume_subscription',
  'end_subscription',
  'create_refund',
  'update_customer',
  'schedule_plan_change',
  'change_plan',
  'refund_payment',
  'stop_renewal',
  'restore_renewal',
  'refund_second_purchase',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** A write to Stripe we intend. The id is the idempotency key; `params` are repeated exactly. */
export interface Operation {
  readonly id: string;
  readonly kind: OperationKind;
  readonly params: Readonly<Record<string, unknown>>;
  readonly ageMs: number;
}

export interface NewOperation {
  readonly userId: string;
  readonly kind: OperationKind;
  /** What it changes: at most one operation per target may be unanswered. */
  readonly target: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

const COLUMNS = `id, kind, params, extract(epoch FROM now() - created_at) * 1000 AS age_ms`;

interface OperationRow {
  readonly id: string;
  readonly kind: OperationKind;
  readonly params: Record<string, unknown>;
  readonly age_ms: string;
}

const toOperation = ({ age_ms, ...row }: OperationRow): Operation => ({ ...row, ageMs: Number(age_ms) });

/** Persisted intentions. A row is committed before Stripe is called, so that a crash in between can be repeated. */
@Injectable()
export class OperationsRepository {
  constructor(private readonly database: Database) {}

  /** Throws CustomerBusyError when another request that took over the lease has begun its own. */
  async insert(operation: NewOperation): Promise<Operation> {
    try {
      return await this.insertRow(operation);
    } catch (error) {
      if (isUniqueViolation(error, 'stripe_operations_pending_key'))
        throw new CustomerBusyError({ cause: error });
      throw error;
    }
  }

  /** The operation on this target whose outcome is not known, if any. */
  async findPending(target: string): Promise<Operation | undefined> {
    const row = await this.database.queryOne<OperationRow>(
      `SELECT ${COLUMNS} FROM stripe_operations WHERE target = $1 AND status = 'pending'`,
      [target],
    );
    return row && toOperation(row);
  }

  /** True when an operation on this target was carried out. */
  async hasSucceeded(target: string): Promise<boolean> {
    const row = await this.database.queryOne(
      `SELECT 1 FROM stripe_operations WHERE target = $1 AND status = 'succeeded' LIMIT 1`,
      [target],
    );
    return row !== undefined;
  }

  /** Targets of operations of one kind whose outcome is not known: a crash or a lost answer interrupted them. */
  async listPendingTargets(userId: string, kind: OperationKind): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ target: string }>(
      `SELECT target FROM stripe_operations WHERE user_id = $1 AND kind = $2 AND status = 'pending'`,
      [userId, kind],
    );
    return new Set(rows.map(({ target }) => target));
  }

  /** What was done last to this target. */
  async findLastKind(target: string): Promise<OperationKind | undefined> {
    const row = await this.database.queryOne<{ kind: OperationKind }>(
      `SELECT kind FROM stripe_operations WHERE target = $1 AND status = 'succeeded'
       ORDER BY created_at DESC LIMIT 1`,
      [target],
    );
    return row?.kind;
  }

  /** Attempts at this kind of write to the target that did not succeed, since the last one that did. */
  async countFailures({
    userId,
    kind,
    target,
  }: Pick<NewOperation, 'userId' | 'kind' | 'target'>): Promise<{ count: number; agoMs: number }> {
    const row = await this.database.queryOne<{ count: number; agoMs: number }>(
      `SELECT count(*)::integer AS count,
              coalesce(extract(epoch FROM now() - max(coalesce(finished_at, created_at))) * 1000, 0)::float8 AS "agoMs"
       FROM stripe_operations
       WHERE user_id = $1 AND kind = $2 AND target = $3 AND status <> 'succeeded' AND created_at > coalesce(
         (SELECT max(created_at) FROM stripe_operations
          WHERE user_id = $1 AND kind = $2 AND target = $3 AND status = 'succeeded'), '-infinity')`,
      [userId, kind, target],
    );
    return row ?? { count: 0, agoMs: 0 };
  }

  async markSucceeded(id: string, resultId: string): Promise<void> {
    await this.finish(id, 'succeeded', { resultId });
  }

  async markFailed(id: string, errorCode: string): Promise<void> {
    await this.finish(id, 'failed', { errorCode });
  }

  /** A newer intention replaces it; in any case, its key is never used again. */
  async markSuperseded(id: string): Promise<void> {
    await this.finish(id, 'superseded', {});
  }

  private async insertRow({ userId, kind, target, params, requestId }: NewOperation): Promise<Operation> {
    const row = await this.database.queryOne<OperationRow>(
      `INSERT INTO stripe_operations (user_id, kind, target, params, request_id) VALUES ($1, $2, $3, $4, $5)
       RETURNING ${COLUMNS}`,
      [userId, kind, target, JSON.stringify(params), requestId],
    );
    if (row === undefined) throw new Error('INSERT returned no row');
    return toOperation(row);
  }

  private async finish(
    id: string,
    status: string,
    end: { resultId?: string; errorCode?: string },
  ): Promise<void> {
    await this.database.query(
      `UPDATE stripe_operations SET status = $2, result_id = $3, error_code = $4, finished_at = now()
       WHERE id = $1 AND status = 'pending'`,
      [id, status, end.resultId ?? null, end.errorCode ?? null],
    );
  }
}

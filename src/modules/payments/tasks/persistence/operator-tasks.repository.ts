import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type {
  NewOperatorTask,
  OperatorTask,
  OperatorTaskKind,
} from 'src/modules/payments/tasks/domain/operator-task';

/** Who closed a task whose fact went away by itself. Such a task opens again when the fact returns. */
export const SYSTEM = 'system';

export interface OpenTaskFilter {
  readonly kind?: OperatorTaskKind | undefined;
  readonly userId?: string | undefined;
  /** Continues behind the task with this id. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

const COLUMNS = `id, kind, fact, customer_id AS "customerId", user_id AS "userId", details, opened_at AS "openedAt",
  resolved_at AS "resolvedAt", resolved_by AS "resolvedBy", resolution`;

/** Tasks of operators, one per business fact. */
@Injectable()
export class OperatorTasksRepository {
  constructor(private readonly database: Database) {}

  /** Undefined when the fact has its task already, open or resolved by an operator. Joins an open transaction. */
  open({ kind, fact, customerId, userId, details }: NewOperatorTask): Promise<OperatorTask | undefined> {
    return this.database.queryOne<OperatorTask>(
      `INSERT INTO operator_tasks (kind, fact, customer_id, user_id, details) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (kind, fact) DO UPDATE SET customer_id = excluded.customer_id, user_id = excluded.user_id,
         details = excluded.details, opened_at = now(), resolved_at = NULL, resolved_by = NULL, resolution = NULL
       WHERE operator_tasks.resolved_by = '${SYSTEM}'
       RETURNING ${COLUMNS}`,
      [kind, fact, customerId ?? null, userId ?? null, JSON.stringify(details)],
    );
  }

  find(id: string): Promise<OperatorTask | undefined> {
    return this.database.queryOne<OperatorTask>(`SELECT ${COLUMNS} FROM operator_tasks WHERE id = $1`, [id]);
  }

  /** Oldest first. */
  listOpen({ kind, userId, afterId, limit }: OpenTaskFilter): Promise<OperatorTask[]> {
    return this.database.query<OperatorTask>(
      `SELECT ${COLUMNS} FROM operator_tasks
       WHERE resolved_at IS NULL AND ($1::text IS NULL OR kind = $1) AND ($2::uuid IS NULL OR user_id = $2)
         AND ($3::uuid IS NULL OR (opened_at, id) > (SELECT opened_at, id FROM operator_tasks WHERE id = $3))
       ORDER BY opened_at, id LIMIT $4`,
      [kind ?? null, userId ?? null, afterId ?? null, limit],
    );
  }

  async countOpen(): Promise<{ kind: OperatorTaskKind; count: number }[]> {
    return this.database.query(
      `SELECT kind, count(*)::integer AS count FROM operator_tasks WHERE resolved_at IS NULL GROUP BY kind`,
    );
  }

  /** Undefined when it was resolved before, or does not exist. */
  resolve(id: string, resolvedBy: string, resolution: string): Promise<OperatorTask | undefined> {
    return this.database.queryOne<OperatorTask>(
      `UPDATE operator_tasks SET resolved_at = now(), resolved_by = $2, resolution = $3
       WHERE id = $1 AND resolved_at IS NULL RETURNING ${COLUMNS}`,
      [id, resolvedBy, resolution],
    );
  }

  async settle(kind: OperatorTaskKind, fact: string, resolution: string): Promise<void> {
    await this.database.query(
      `UPDATE operator_tasks SET resolved_at = now(), resolved_by = '${SYSTEM}', resolution = $3
       WHERE kind = $1 AND fact = $2 AND resolved_at IS NULL`,
      [kind, fact, resolution],
    );
  }

  /** Closes the open tasks of this kind about the user, except the one of `fact`. */
  async settleOthers(
    kind: OperatorTaskKind,
    userId: string,
    { fact, resolution }: { fact: string | undefined; resolution: string },
  ): Promise<void> {
    await this.database.query(
      `UPDATE operator_tasks SET resolved_at = now(), resolved_by = '${SYSTEM}', resolution = $4
       WHERE kind = $1 AND user_id = $2 AND fact IS DISTINCT FROM $3 AND resolved_at IS NULL`,
      [kind, userId, fact ?? null, resolution],
    );
  }
}

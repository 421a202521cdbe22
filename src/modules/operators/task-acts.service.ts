import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { OperatorTasksService, type OperatorTask } from 'src/modules/payments';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

/** Resolves tasks. Resolution and audit entry are one transaction. */
@Injectable()
export class TaskActsService {
  constructor(
    private readonly database: Database,
    private readonly tasks: OperatorTasksService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Idempotent: resolving again changes nothing and writes no second entry. Throws `operator_task_not_found`. */
  resolve(taskId: string, act: Act): Promise<OperatorTask> {
    return this.database.transaction(async () => {
      const { task, changed } = await this.tasks.resolve(taskId, act.operatorId, act.reason);
      const target = { kind: 'operator_task' as const, id: taskId };
      const details = { kind: task.kind };
      if (changed)
        await this.audit.append({
          act,
          action: 'resolve_task',
          target,
          userId: task.userId ?? undefined,
          details,
        });
      return task;
    });
  }
}

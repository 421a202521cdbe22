import { Injectable, Logger } from '@nestjs/common';
import type {
  NewOperatorTask,
  OperatorTask,
  OperatorTaskKind,
} from 'src/modules/payments/tasks/domain/operator-task';
import {
  OperatorTasksRepository,
  type OpenTaskFilter,
} from 'src/modules/payments/tasks/persistence/operator-tasks.repository';
import { OperatorTaskNotFoundError } from './operator-tasks.errors';

/**
 * What only a person can settle. A fact has one task: a repeated report changes nothing, and an operator's
 * resolution is final. Every method joins an open transaction.
 */
@Injectable()
export class OperatorTasksService {
  private readonly logger = new Logger(OperatorTasksService.name);

  constructor(private readonly tasks: OperatorTasksRepository) {}

  /** True when this call opened the task. A task that the system closed opens again. */
  async open(task: NewOperatorTask): Promise<boolean> {
    const opened = await this.tasks.open(task);
    if (opened === undefined) return false;
    const { id, kind, fact, customerId, userId } = opened;
    this.logger.warn({ task: id, kind, fact, customer: customerId, user: userId }, 'an operator is needed');
    return true;
  }

  /** The fact went away by itself: closes its task, if one is open. */
  async settle(kind: OperatorTaskKind, fact: string, resolution: string): Promise<void> {
    await this.tasks.settle(kind, fact, resolution);
  }

  /** Closes the open tasks of this kind about the user, except the one of `fact`: the others have gone away. */
  async settleOthers(
    kind: OperatorTaskKind,
    userId: string,
    current: { fact: string | undefined; resolution: string },
  ): Promise<void> {
    await this.tasks.settleOthers(kind, userId, current);
  }

  /** Oldest first. */
  listOpen(filter: OpenTaskFilter): Promise<OperatorTask[]> {
    return this.tasks.listOpen(filter);
  }

  countOpen(): Promise<{ kind: OperatorTaskKind; count: number }[]> {
    return this.tasks.countOpen();
  }

  /** Throws OperatorTaskNotFoundError. */
  async get(id: string): Promise<OperatorTask> {
    const task = await this.tasks.find(id);
    if (task === undefined) throw new OperatorTaskNotFoundError();
    return task;
  }

  /** Idempotent: `changed` is false when it was resolved before. Throws OperatorTaskNotFoundError. */
  async resolve(
    id: string,
    operatorId: string,
    resolution: string,
  ): Promise<{ task: OperatorTask; changed: boolean }> {
    const resolved = await this.tasks.resolve(id, operatorId, resolution);
    return resolved === undefined
      ? { task: await this.get(id), changed: false }
      : { task: resolved, changed: true };
  }
}

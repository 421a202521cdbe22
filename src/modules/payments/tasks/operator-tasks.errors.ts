import { AppError } from 'src/common/errors/app-error';

/** No operator task has this id. */
export class OperatorTaskNotFoundError extends AppError {
  readonly code = 'operator_task_not_found';
  readonly kind = 'not_found';
  readonly title = 'There is no such task';

  constructor() {
    super('No task has this id. List the open tasks to find the right one.');
  }
}

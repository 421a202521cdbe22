import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { CustomerListsService } from 'src/modules/operators/customer-lists.service';
import { TaskActsService } from 'src/modules/operators/task-acts.service';
import { OPERATOR_TASK_KINDS, OperatorTaskNotFoundError, type OperatorTask } from 'src/modules/payments';
import { Acting } from './acting.decorator';
import { iso, reasonBodySchema, type ReasonBody } from './operator.schema';

const taskSchema = z.object({
  id: z.uuid(),
  kind: z.enum(OPERATOR_TASK_KINDS),
  fact: z.string().describe('The business fact: one task per fact'),
  user_id: z.uuid().optional(),
  customer_id: z.string().optional(),
  details: z.record(z.string(), z.unknown()),
  opened_at: z.iso.datetime(),
  resolved_at: z.iso.datetime().optional(),
});
type TaskResponse = z.infer<typeof taskSchema>;

const querySchema = z.strictObject({ kind: z.enum(OPERATOR_TASK_KINDS).optional() });

const toTask = (task: OperatorTask): TaskResponse => ({
  id: task.id,
  kind: task.kind,
  fact: task.fact,
  user_id: task.userId ?? undefined,
  customer_id: task.customerId ?? undefined,
  details: { ...task.details },
  opened_at: task.openedAt.toISOString(),
  resolved_at: iso(task.resolvedAt),
});

/** What only a person can settle: unmatched payments, double subscriptions and the like. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/tasks')
export class OperatorTasksController {
  constructor(
    private readonly lists: CustomerListsService,
    private readonly tasks: TaskActsService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listOperatorTasks',
    summary: 'List open tasks, oldest first',
    description: 'Unmatched payments, double subscriptions and the like. At most a hundred.',
  })
  @ApiOkResponse({ description: 'The tasks', standardSchema: z.array(taskSchema) })
  async list(@Query({ schema: querySchema }) { kind }: z.infer<typeof querySchema>): Promise<TaskResponse[]> {
    return (await this.lists.listTasks(kind)).map(toTask);
  }

  @Post(':taskId/resolve')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resolveOperatorTask',
    summary: 'Close a task for good',
    description: 'It does not open again for the same fact. Repeating it changes nothing.',
  })
  @ApiParam({ name: 'taskId', type: String, description: 'From listOperatorTasks' })
  @ApiOkResponse({ description: 'Resolved', standardSchema: taskSchema })
  @ApiProblems(new OperatorTaskNotFoundError())
  async resolve(
    @Param('taskId', { schema: z.uuid() }) taskId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<TaskResponse> {
    return toTask(await this.tasks.resolve(taskId, { ...acting, reason }));
  }
}

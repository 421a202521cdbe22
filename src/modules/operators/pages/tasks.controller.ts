import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { seeOther } from 'src/common/http/see-other';
import { CustomerListsService } from 'src/modules/operators/customer-lists.service';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { TaskActsService } from 'src/modules/operators/task-acts.service';
import { reasonFormSchema, type ReasonForm } from './acts.schema';
import { OpsGet, OpsPages, OpsPost } from './ops-pages.decorator';
import { tasksPage } from './tasks.view';

/** What only a person can settle. */
@OpsPages()
@Controller('ops/tasks')
export class TaskPagesController {
  constructor(
    private readonly lists: CustomerListsService,
    private readonly tasks: TaskActsService,
  ) {}

  @Get()
  @OpsGet()
  async show(): Promise<string> {
    return tasksPage(await this.lists.listTasks(undefined));
  }

  @Post(':taskId/resolve')
  @OpsPost()
  async resolve(
    @Param('taskId', { schema: z.uuid() }) taskId: string,
    @Body({ schema: reasonFormSchema }) { reason }: ReasonForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.tasks.resolve(taskId, { ...acting, reason });
    return seeOther(reply, '/ops/tasks');
  }
}

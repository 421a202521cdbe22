import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { seeOther } from 'src/common/http/see-other';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { fullNameSchema } from 'src/modules/accounts';
import { userIdSchema } from 'src/modules/operators/http/operator.schema';
import { PeopleService } from 'src/modules/operators/people.service';
import { AuditLogRepository } from 'src/modules/operators/persistence/audit-log.repository';
import { confirmFormSchema, reasonFormSchema, type ConfirmForm } from './acts.schema';
import { OpsGet, OpsPages, OpsPost } from './ops-pages.decorator';
import { passwordPage, peoplePage } from './people.view';

const createFormSchema = reasonFormSchema.extend({ email: z.email().max(320), full_name: fullNameSchema });
const ENTRIES = 50;

/** Operators as people, and the audit log of what they did. */
@OpsPages()
@Controller('ops/operators')
export class PeoplePagesController {
  constructor(
    private readonly people: PeopleService,
    private readonly audit: AuditLogRepository,
  ) {}

  @Get()
  @OpsGet()
  async show(): Promise<string> {
    const [operators, entries] = await Promise.all([
      this.people.list(),
      this.audit.list({ before: undefined, limit: ENTRIES }),
    ]);
    return peoplePage(operators, entries);
  }

  @Post()
  @OpsPost()
  async create(
    @Body({ schema: createFormSchema }) { reason, email, full_name }: z.infer<typeof createFormSchema>,
    @Acting() acting: Acting,
  ): Promise<string> {
    const { password } = await this.people.create({ email, fullName: full_name }, { ...acting, reason });
    return passwordPage(email, password);
  }

  @Post(':userId/disable')
  @OpsPost()
  async disable(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: confirmFormSchema }) { reason }: ConfirmForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.people.disable(userId, { ...acting, reason });
    return seeOther(reply, '/ops/operators');
  }

  @Post(':userId/reset-password')
  @OpsPost()
  async reset(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: confirmFormSchema }) { reason }: ConfirmForm,
    @Acting() acting: Acting,
  ): Promise<string> {
    return passwordPage('the operator', await this.people.resetPassword(userId, { ...acting, reason }));
  }
}

import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { seeOther } from 'src/common/http/see-other';
import { AccessGrantsService } from 'src/modules/operators/access-grants.service';
import { CaseService } from 'src/modules/operators/case.service';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { grantIdSchema, userIdSchema } from 'src/modules/operators/http/operator.schema';
import { ConfirmationRequiredError } from 'src/modules/operators/operators.errors';
import { UserSyncService } from 'src/modules/operators/user-sync.service';
import { UserTimelineService } from 'src/modules/operators/user-timeline.service';
import { reasonFormSchema, type ReasonForm } from './acts.schema';
import { customerPage } from './customer-page.view';
import {
  customerQuerySchema,
  grantFormSchema,
  NOTICES,
  type CustomerQuery,
  type GrantForm,
  type Notice,
} from './customers.schema';
import { OpsGet, OpsPages, OpsPost } from './ops-pages.decorator';

const ENTRIES = 60;

/** The page of one customer, and the acts that repair access. */
@OpsPages()
@Controller('ops/customers/:userId')
export class CustomerPagesController {
  constructor(
    private readonly cases: CaseService,
    private readonly timelines: UserTimelineService,
    private readonly syncs: UserSyncService,
    private readonly grants: AccessGrantsService,
  ) {}

  @Get()
  @OpsGet()
  async show(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Query({ schema: customerQuerySchema }) { done, before }: CustomerQuery,
  ): Promise<string> {
    const [opened, timeline] = await Promise.all([
      this.cases.open(userId),
      this.timelines.list(userId, { before, limit: ENTRIES }),
    ]);
    const last = timeline.length < ENTRIES ? undefined : timeline.at(-1);
    const older = last && `/ops/customers/${userId}?before=${encodeURIComponent(last.position)}`;
    return customerPage({ opened, timeline, olderPath: older, notice: done && NOTICES[done] });
  }

  @Post('sync')
  @OpsPost()
  async sync(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: reasonFormSchema }) { reason }: ReasonForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.syncs.sync(userId, { ...acting, reason });
    return done(reply, userId, 'synced');
  }

  @Post('grants')
  @OpsPost()
  async grant(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: grantFormSchema }) { reason, ends_on: endsOn, confirm }: GrantForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { access } = await this.cases.open(userId);
    if (access.granted && access.subscriptionId !== null && confirm === undefined)
      throw new ConfirmationRequiredError('This customer has access by paying.');
    const endsAt = endsOn === undefined ? undefined : new Date(`${endsOn}T00:00:00Z`);
    await this.grants.grant(userId, endsAt, { ...acting, reason });
    return done(reply, userId, 'granted');
  }

  @Post('grants/:grantId/revoke')
  @OpsPost()
  async revoke(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Param('grantId', { schema: grantIdSchema }) grantId: string,
    @Body({ schema: reasonFormSchema }) { reason }: ReasonForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.grants.revoke(grantId, { ...acting, reason });
    return done(reply, userId, 'revoked');
  }
}

const done = (reply: FastifyReply, userId: string, notice: Notice): string =>
  seeOther(reply, `/ops/customers/${userId}?done=${notice}`);

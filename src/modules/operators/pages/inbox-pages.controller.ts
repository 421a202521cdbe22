import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { seeOther } from 'src/common/http/see-other';
import { BatchReplayService } from 'src/modules/operators/batch-replay.service';
import { EventReplayService } from 'src/modules/operators/event-replay.service';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { rowIdSchema } from 'src/modules/operators/http/operator.schema';
import { InboxHealth, InboxViewService, WebhookEventNotFoundError } from 'src/modules/webhooks';
import { reasonFormSchema, type ReasonForm } from './acts.schema';
import { batchReplayPage } from './batch-replay.view';
import { eventPage } from './event-page.view';
import {
  batchFormSchema,
  eventQuerySchema,
  INBOX_NOTICES,
  inboxQuerySchema,
  type BatchForm,
  type InboxNotice,
  type InboxQuery,
} from './inbox.schema';
import { inboxPage } from './inbox.view';
import { OpsGet, OpsPages, OpsPost } from './ops-pages.decorator';

const EVENTS = 50;
/** The oldest events of one replay. */
const REPLAYED = 500;

/** The inbox: every received event, with its payload and its replay. */
@OpsPages()
@Controller('ops/inbox')
export class InboxPagesController {
  constructor(
    private readonly inbox: InboxViewService,
    private readonly replays: EventReplayService,
    private readonly batches: BatchReplayService,
    private readonly health: InboxHealth,
  ) {}

  @Get()
  @OpsGet()
  async list(@Query({ schema: inboxQuerySchema }) query: InboxQuery): Promise<string> {
    const { status, type, customer_id: customerId, since, before } = query;
    const period = { since: since === undefined ? undefined : new Date(since), until: undefined };
    const [events, refused] = await Promise.all([
      this.inbox.list({ status, type, customerId, ...period, before, limit: EVENTS }),
      this.health.listRefused(),
    ]);
    const last = events.length < EVENTS ? undefined : events.at(-1);
    const olderPath = last && pathOf({ ...query, before: last.id });
    return inboxPage({ query, events, refused, olderPath });
  }

  @Get(':id')
  @OpsGet()
  async show(
    @Param('id', { schema: rowIdSchema }) id: number,
    @Query({ schema: eventQuerySchema }) { done }: { done?: InboxNotice | undefined },
  ): Promise<string> {
    const event = await this.inbox.find(id);
    if (event === undefined) throw new WebhookEventNotFoundError();
    const attempts = await this.inbox.listFailedAttempts(id);
    return eventPage({ event, attempts, notice: done && INBOX_NOTICES[done] });
  }

  @Post(':id/replay')
  @OpsPost()
  async replay(
    @Param('id', { schema: rowIdSchema }) id: number,
    @Body({ schema: reasonFormSchema }) { reason }: ReasonForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.replays.replay(id, { ...acting, reason });
    return seeOther(reply, `/ops/inbox/${id}?done=replayed`);
  }

  @Post(':id/ignore')
  @OpsPost()
  async ignore(
    @Param('id', { schema: rowIdSchema }) id: number,
    @Body({ schema: reasonFormSchema }) { reason }: ReasonForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.replays.ignore(id, { ...acting, reason });
    return seeOther(reply, `/ops/inbox/${id}?done=ignored`);
  }

  /** First a dry run that shows what would change; its page has the button that replays. */
  @Post('replay')
  @OpsPost()
  async replayMany(
    @Body({ schema: batchFormSchema }) form: BatchForm,
    @Acting() acting: Acting,
  ): Promise<string> {
    const { status, type, customer_id: customerId, since, reason } = form;
    const period = { since: since === undefined ? undefined : new Date(since), until: undefined };
    const selection = { status, type, customerId, ...period, limit: REPLAYED };
    const result =
      form.act === 'dry_run'
        ? await this.batches.dryRun(selection, acting.operatorId)
        : await this.batches.replay(selection, { ...acting, reason });
    return batchReplayPage(form, result);
  }
}

const pathOf = (query: InboxQuery): string => {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) fields.set(name, String(value));
  return `/ops/inbox?${fields.toString()}`;
};

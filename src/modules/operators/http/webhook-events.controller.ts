import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { EventReplayService } from 'src/modules/operators/event-replay.service';
import { EventNotReplayableError, InboxViewService, WebhookEventNotFoundError } from 'src/modules/webhooks';
import { Acting } from './acting.decorator';
import { reasonBodySchema, rowIdSchema, type ReasonBody } from './operator.schema';
import {
  deadReplaySchema,
  replayDeadBodySchema,
  toDeadReplayResponse,
  toWebhookEventDetailResponse,
  toWebhookEventResponse,
  webhookEventDetailSchema,
  webhookEventsQuerySchema,
  webhookEventsSchema,
  type DeadReplayResponse,
  type ReplayDeadBody,
  type WebhookEventDetailResponse,
  type WebhookEventResponse,
  type WebhookEventsQuery,
} from './webhook-events.schema';

const time = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

/** The webhook inbox: received events, their outcome, and replays. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/webhook-events')
export class WebhookEventsController {
  constructor(
    private readonly inbox: InboxViewService,
    private readonly replays: EventReplayService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listWebhookEvents',
    summary: 'List received Stripe events, newest first',
    description:
      'Filter by status (dead events need an operator), type, customer and time. For the next page, pass the last id as `before`.',
  })
  @ApiOkResponse({ description: 'The events', standardSchema: webhookEventsSchema })
  async list(
    @Query({ schema: webhookEventsQuerySchema }) query: WebhookEventsQuery,
  ): Promise<WebhookEventResponse[]> {
    const { customer_id: customerId, received_from, received_to, ...filter } = query;
    const { status, type, before, limit } = filter;
    const period = { since: time(received_from), until: time(received_to) };
    const events = await this.inbox.list({ status, type, customerId, ...period, before, limit });
    return events.map(toWebhookEventResponse);
  }

  @Post('replay-dead')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayDeadEvents',
    summary: 'Requeue dead events, oldest first',
    description: 'Only a dry run unless `dry_run` is false. Fix the cause first, or they will fail again.',
  })
  @ApiOkResponse({
    description: 'The replayed events, or those that a replay would affect',
    standardSchema: deadReplaySchema,
  })
  async replayDead(
    @Body({ schema: replayDeadBodySchema }) { reason, dry_run: dryRun, limit }: ReplayDeadBody,
    @Acting() acting: Acting,
  ): Promise<DeadReplayResponse> {
    return toDeadReplayResponse(await this.replays.replayDead({ dryRun, limit }, { ...acting, reason }));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'getWebhookEvent',
    summary: 'Show one received event with its payload',
    description: 'Returns the exact payload, the request that delivered it, and the last failure.',
  })
  @ApiParam({ name: 'id', type: Number, description: 'From listWebhookEvents' })
  @ApiOkResponse({ description: 'The event', standardSchema: webhookEventDetailSchema })
  @ApiProblems(new WebhookEventNotFoundError())
  async get(@Param('id', { schema: rowIdSchema }) id: number): Promise<WebhookEventDetailResponse> {
    return this.describe(id);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayWebhookEvent',
    summary: 'Requeue one dead event',
    description: 'Resets its counters and processes it at once. Fix the cause first.',
  })
  @ApiParam({ name: 'id', type: Number, description: 'From listWebhookEvents' })
  @ApiOkResponse({
    description: 'The event, pending or already processed',
    standardSchema: webhookEventDetailSchema,
  })
  @ApiProblems(
    new WebhookEventNotFoundError(),
    new EventNotReplayableError('It has been processed.', { extensions: { event_status: 'processed' } }),
  )
  async replay(
    @Param('id', { schema: rowIdSchema }) id: number,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<WebhookEventDetailResponse> {
    await this.replays.replay(id, { ...acting, reason });
    return this.describe(id);
  }

  private async describe(id: number): Promise<WebhookEventDetailResponse> {
    const event = await this.inbox.find(id);
    if (event === undefined) throw new WebhookEventNotFoundError();
    return toWebhookEventDetailResponse(event, await this.inbox.listFailedAttempts(id));
  }
}

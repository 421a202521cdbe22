import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { EventReplayService } from 'src/modules/operators/event-replay.service';
import {
  EventNotReplayableError,
  InboxViewRepository,
  WebhookEventNotFoundError,
} from 'src/modules/webhooks';
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

/** The webhook inbox: what Stripe sent, what became of it, and trying again. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/webhook-events')
export class WebhookEventsController {
  constructor(
    private readonly inbox: InboxViewRepository,
    private readonly replays: EventReplayService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listWebhookEvents',
    summary: 'List received Stripe events, newest first',
    description:
      'Filter by status (dead events need a person), type, customer and time. Pass the last id as `before` for the next page.',
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
    summary: 'Give dead events back to the workers, oldest first',
    description: 'A dry run unless `dry_run` is false. Mend the cause first, or they die again.',
  })
  @ApiOkResponse({ description: 'What was or would be replayed', standardSchema: deadReplaySchema })
  async replayDead(
    @Body({ schema: replayDeadBodySchema }) { reason, dry_run: dryRun, limit }: ReplayDeadBody,
    @Acting() acting: Acting,
  ): Promise<DeadReplayResponse> {
    return toDeadReplayResponse(await this.replays.replayDead({ dryRun, limit }, { ...acting, reason }));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'getWebhookEvent',
    summary: 'One received event with its payload',
    description: 'What arrived to the letter, which request brought it, and what went wrong with it.',
  })
  @ApiParam({ name: 'id', type: Number, description: 'From listWebhookEvents' })
  @ApiOkResponse({ description: 'The event', standardSchema: webhookEventDetailSchema })
  @ApiProblems(new WebhookEventNotFoundError())
  async get(@Param('id', { schema: rowIdSchema }) id: number): Promise<WebhookEventDetailResponse> {
    return toWebhookEventDetailResponse(await this.find(id));
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayWebhookEvent',
    summary: 'Give one dead event back to the workers',
    description: 'It is pending again with a clean slate and worked on at once. Mend the cause first.',
  })
  @ApiParam({ name: 'id', type: Number, description: 'From listWebhookEvents' })
  @ApiOkResponse({ description: 'The event, pending or further', standardSchema: webhookEventDetailSchema })
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
    return toWebhookEventDetailResponse(await this.find(id));
  }

  private async find(id: number) {
    const event = await this.inbox.find(id);
    if (event === undefined) throw new WebhookEventNotFoundError();
    return event;
  }
}

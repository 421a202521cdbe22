import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { BatchReplayService } from 'src/modules/operators/batch-replay.service';
import { EventReplayService } from 'src/modules/operators/event-replay.service';
import { STRIPE_PROBLEMS } from 'src/modules/payments';
import { EventNotIgnorableError, WebhookEventNotFoundError } from 'src/modules/webhooks';
import { Acting } from './acting.decorator';
import { reasonBodySchema, rowIdSchema, type ReasonBody } from './operator.schema';
import {
  batchReplaySchema,
  ignoredSchema,
  replayBodySchema,
  toBatchReplayResponse,
  type BatchReplayResponse,
  type IgnoredResponse,
  type ReplayBody,
} from './replay.schema';

const time = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

/** Acts on many events, and the end of one that nobody should process. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/webhook-events')
export class WebhookReplayController {
  constructor(
    private readonly batches: BatchReplayService,
    private readonly replays: EventReplayService,
  ) {}

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayWebhookEvents',
    summary: 'Requeue events by a filter, oldest first',
    description:
      'Only a dry run unless `dry_run` is false. A dry run syncs the first ten customers, takes it back, and returns their access before and after.',
  })
  @ApiOkResponse({ description: 'The events and what changes', standardSchema: batchReplaySchema })
  @ApiProblems(...STRIPE_PROBLEMS)
  async replay(
    @Body({ schema: replayBodySchema }) body: ReplayBody,
    @Acting() acting: Acting,
  ): Promise<BatchReplayResponse> {
    const { reason, dry_run: dryRun, customer_id: customerId, received_from, received_to } = body;
    const { status, type, limit } = body;
    const selection = {
      status,
      type,
      customerId,
      since: time(received_from),
      until: time(received_to),
      limit,
    };
    return toBatchReplayResponse(
      dryRun
        ? await this.batches.dryRun(selection, acting.operatorId)
        : await this.batches.replay(selection, { ...acting, reason }),
    );
  }

  @Post(':id/ignore')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'ignoreWebhookEvent',
    summary: 'Stop processing one pending or dead event',
    description: 'It stays in the inbox as ignored. A replay takes it back.',
  })
  @ApiParam({ name: 'id', type: Number, description: 'From listWebhookEvents' })
  @ApiOkResponse({ description: 'Ignored', standardSchema: ignoredSchema })
  @ApiProblems(new WebhookEventNotFoundError(), new EventNotIgnorableError('processed'))
  async ignore(
    @Param('id', { schema: rowIdSchema }) id: number,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<IgnoredResponse> {
    await this.replays.ignore(id, { ...acting, reason });
    return { id, status: 'ignored' };
  }
}

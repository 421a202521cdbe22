import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { InboxViewRepository } from 'src/modules/webhooks';
import {
  toWebhookEventResponse,
  webhookEventsSchema,
  webhookEventsQuerySchema,
  type WebhookEventResponse,
  type WebhookEventsQuery,
} from './webhook-events.schema';

/** What operators see of the webhook inbox. Replaying and repairing come with the operator work. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/webhook-events')
export class WebhookEventsController {
  constructor(private readonly inbox: InboxViewRepository) {}

  @Get()
  @ApiOperation({
    operationId: 'listWebhookEvents',
    summary: 'List received Stripe events, newest first',
    description:
      'Filter by status: dead events need a person. Pass the last id as `before` for the next page.',
  })
  @ApiOkResponse({ description: 'The events', standardSchema: webhookEventsSchema })
  async list(
    @Query({ schema: webhookEventsQuerySchema }) { status, before, limit }: WebhookEventsQuery,
  ): Promise<WebhookEventResponse[]> {
    return (await this.inbox.list({ status, before, limit })).map(toWebhookEventResponse);
  }
}

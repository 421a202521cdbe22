import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { InboxHealth } from 'src/modules/webhooks';

const refusedDeliverySchema = z.object({
  cause: z.string().describe('Such as mismatch (wrong signature), stale, wrong_mode or not_an_event'),
  count: z.int(),
  last_at: z.iso.datetime(),
});
type RefusedDeliveryResponse = z.infer<typeof refusedDeliverySchema>;

/** Deliveries that the webhook refused. They are counted without content. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/refused-deliveries')
export class RefusedDeliveriesController {
  constructor(private readonly inbox: InboxHealth) {}

  @Get()
  @ApiOperation({
    operationId: 'listRefusedDeliveries',
    summary: 'Refused webhook deliveries by cause',
    description: 'Count and last time per cause in the last 30 days, the latest first.',
  })
  @ApiOkResponse({ description: 'The causes', standardSchema: z.array(refusedDeliverySchema) })
  async list(): Promise<RefusedDeliveryResponse[]> {
    const causes = await this.inbox.listRefused();
    return causes.map(({ cause, count, lastAt }) => ({ cause, count, last_at: lastAt.toISOString() }));
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { RefundRequestActsService } from 'src/modules/operators/refund-request-acts.service';
import { RefundRequestDecidedError, RefundRequestNotFoundError, STRIPE_PROBLEMS } from 'src/modules/payments';
import { Acting } from './acting.decorator';
import {
  decideBodySchema,
  listedRefundRequestSchema,
  refundRequestsQuerySchema,
  toAnswer,
  toListed,
  type DecideBody,
  type ListedRefundRequestResponse,
  type RefundRequestsQuery,
} from './refund-requests.schema';

/** Refund requests of students. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/refund-requests')
export class OperatorRefundRequestsController {
  constructor(private readonly requests: RefundRequestActsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listOpenRefundRequests',
    summary: 'List refund requests, oldest first',
    description: 'Those that nobody has decided, or those of one status. At most 200.',
  })
  @ApiOkResponse({ description: 'The requests', standardSchema: z.array(listedRefundRequestSchema) })
  async list(
    @Query({ schema: refundRequestsQuerySchema }) { status }: RefundRequestsQuery,
  ): Promise<ListedRefundRequestResponse[]> {
    return (await this.requests.list(status)).map(toListed);
  }

  @Post(':requestId/decide')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'decideRefundRequest',
    summary: 'Approve or decline a refund request',
    description:
      'An approval refunds all that is left of the invoice, which ends its access. A decline emails `answer` to the student. Repeating an approval refunds nothing twice.',
  })
  @ApiParam({ name: 'requestId', type: String, description: 'From listOpenRefundRequests' })
  @ApiOkResponse({ description: 'Decided', standardSchema: listedRefundRequestSchema })
  @ApiProblems(new RefundRequestNotFoundError(), new RefundRequestDecidedError(), ...STRIPE_PROBLEMS)
  async decide(
    @Param('requestId', { schema: z.uuid() }) requestId: string,
    @Body({ schema: decideBodySchema }) body: DecideBody,
    @Acting() acting: Acting,
  ): Promise<ListedRefundRequestResponse> {
    const act = { ...acting, reason: body.reason };
    return toListed({ request: await this.requests.decide(requestId, toAnswer(body), act) });
  }
}

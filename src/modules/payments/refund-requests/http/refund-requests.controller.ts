import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import {
  NothingToRefundError,
  RefundRequestOpenError,
  TooManyRefundRequestsError,
} from 'src/modules/payments/refund-requests/refund-requests.errors';
import { RefundRequestsService } from 'src/modules/payments/refund-requests/refund-requests.service';
import {
  refundRequestBodySchema,
  refundRequestListSchema,
  refundRequestSchema,
  toRefundRequestResponse,
  type RefundRequestBody,
  type RefundRequestListResponse,
  type RefundRequestResponse,
} from './refund-requests.schema';

@ApiTags('Payments')
@Controller('api/v1/payments/refund-requests')
export class RefundRequestsController {
  constructor(private readonly requests: RefundRequestsService) {}

  @Post()
  @LimitedBy('payment_writes')
  @HttpCode(200)
  @RequireScope('subscription:write')
  @ApiOperation({
    operationId: 'requestRefund',
    summary: 'Request a refund of an invoice',
    description:
      'Records the request. An operator decides, and the answer comes by email. It refunds nothing by itself.',
  })
  @ApiOkResponse({ description: 'The request', standardSchema: refundRequestSchema })
  @ApiProblems(new NothingToRefundError(), new RefundRequestOpenError(), new TooManyRefundRequestsError())
  async request(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: refundRequestBodySchema }) { invoice, reason }: RefundRequestBody,
  ): Promise<RefundRequestResponse> {
    return toRefundRequestResponse(await this.requests.request({ userId, invoice, reason }));
  }

  @Get()
  @RequireScope('subscription:read')
  @ApiOperation({
    operationId: 'listRefundRequests',
    summary: 'The refund requests of this student',
    description: 'The newest first, with their status.',
  })
  @ApiOkResponse({ description: 'The requests', standardSchema: refundRequestListSchema })
  async list(@CurrentUser() { userId }: Principal): Promise<RefundRequestListResponse> {
    const requests = await this.requests.list(userId);
    return { refund_requests: requests.map(toRefundRequestResponse) };
  }
}

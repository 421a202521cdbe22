import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { BillingLinksService, nothingToBill } from 'src/modules/payments/billing/billing-links.service';
import {
  portalRequestSchema,
  portalResponseSchema,
  type PortalRequestBody,
  type PortalResponse,
} from './billing.schema';

@ApiTags('Payments')
@Controller('api/v1/payments')
export class BillingController {
  constructor(private readonly links: BillingLinksService) {}

  @Post('portal')
  @LimitedBy('payment_writes')
  @HttpCode(200)
  @RequireScope('subscription:write')
  @ApiOperation({
    operationId: 'openBillingPortal',
    summary: 'Get a link to card, invoices and payments',
    description:
      'Returns a one-time link to a page of this site. The student signs in there, and the page leads to the billing portal.',
  })
  @ApiOkResponse({ description: 'The one-time link', standardSchema: portalResponseSchema })
  @ApiProblems(nothingToBill())
  async open(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: portalRequestSchema }) { flow }: PortalRequestBody,
  ): Promise<PortalResponse> {
    const { url, expiresAt } = await this.links.issue(userId, flow ?? null);
    return { url, expires_at: expiresAt.toISOString() };
  }
}

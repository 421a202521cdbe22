import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { HttpConfig } from 'src/config/app-config';
import { InvoiceNotFoundError } from 'src/modules/payments/billing/billing.errors';
import { InvoicesService } from 'src/modules/payments/billing/invoices.service';
import { StripeUnavailableError } from 'src/modules/payments/payments.errors';
import {
  invoicesQuerySchema,
  invoicesResponseSchema,
  toInvoicesResponse,
  type InvoicesQuery,
  type InvoicesResponse,
} from './invoices.schema';

@ApiTags('Payments')
@Controller('api/v1/payments')
export class InvoicesController {
  constructor(
    private readonly invoices: InvoicesService,
    private readonly http: HttpConfig,
  ) {}

  @Get('invoices')
  @LimitedBy('payment_writes')
  @RequireScope('subscription:read')
  @ApiOperation({
    operationId: 'listInvoices',
    summary: 'Invoices and receipts',
    description: 'Newest first, with the next renewal on the first page. Their links require sign-in.',
  })
  @ApiOkResponse({ description: 'The invoices', standardSchema: invoicesResponseSchema })
  @ApiProblems(new InvoiceNotFoundError(), new StripeUnavailableError())
  async list(
    @CurrentUser() { userId }: Principal,
    @Query({ schema: invoicesQuerySchema }) query: InvoicesQuery,
  ): Promise<InvoicesResponse> {
    return toInvoicesResponse(await this.invoices.list(userId, query), this.http.publicUrl);
  }
}

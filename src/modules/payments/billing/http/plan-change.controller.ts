import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { RequestId } from 'src/common/http/decorators/request-id.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { HttpConfig } from 'src/config/app-config';
import { PAY_PATH } from 'src/modules/payments/access/domain/next-step';
import {
  PlanChangeRefusedError,
  PlanQuoteNotFoundError,
  PlanQuoteOutdatedError,
} from 'src/modules/payments/billing/billing.errors';
import { noneToChange } from 'src/modules/payments/billing/plan-change-inspector';
import { PlanChangeService } from 'src/modules/payments/billing/plan-change.service';
import { PlanQuotesService } from 'src/modules/payments/billing/plan-quotes.service';
import {
  ManagedByScheduleError,
  PaymentNeededError,
  PlanNotOfferedError,
  STRIPE_PROBLEMS,
} from 'src/modules/payments/payments.errors';
import {
  planChangeRequestSchema,
  planChangeResponseSchema,
  planPreviewRequestSchema,
  planPreviewResponseSchema,
  toPlanChangeResponse,
  toPreviewResponse,
  type PlanChangeRequestBody,
  type PlanChangeResponse,
  type PlanPreviewRequestBody,
  type PlanPreviewResponse,
} from './plan-change.schema';

const PROBLEMS = [
  noneToChange(),
  new PaymentNeededError(),
  new ManagedByScheduleError(),
  new PlanChangeRefusedError('The subscription is set to end. Resume it first, then change the plan.', {
    extensions: { operation_id: 'resumeSubscription' },
  }),
  ...STRIPE_PROBLEMS,
];

@ApiTags('Payments')
@Controller('api/v1/payments/plan-change')
export class PlanChangeController {
  constructor(
    private readonly quotes: PlanQuotesService,
    private readonly changes: PlanChangeService,
    private readonly http: HttpConfig,
  ) {}

  @Post('preview')
  @LimitedBy('payment_writes')
  @HttpCode(200)
  @RequireScope('subscription:read')
  @ApiOperation({
    operationId: 'previewPlanChange',
    summary: 'What a change of plan costs and when it takes effect',
    description: 'Changes nothing. Returns a quote that is valid for ten minutes; changePlan takes its id.',
  })
  @ApiOkResponse({ description: 'The quote', standardSchema: planPreviewResponseSchema })
  @ApiProblems(new PlanNotOfferedError('The yearly plan is not offered.'), ...PROBLEMS)
  async preview(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: planPreviewRequestSchema }) { plan }: PlanPreviewRequestBody,
  ): Promise<PlanPreviewResponse> {
    return toPreviewResponse(await this.quotes.quote(userId, plan));
  }

  @Post()
  @LimitedBy('payment_writes')
  @HttpCode(200)
  @RequireScope('subscription:write')
  @ApiOperation({
    operationId: 'changePlan',
    summary: 'Change the plan by a quote',
    description:
      'A longer plan begins at once and is charged at once; a shorter one begins when the paid time is over. A payment that fails changes nothing. Repeating it changes nothing more.',
  })
  @ApiOkResponse({ description: 'What became of it', standardSchema: planChangeResponseSchema })
  @ApiProblems(new PlanQuoteNotFoundError(), new PlanQuoteOutdatedError(), ...PROBLEMS)
  async change(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: planChangeRequestSchema }) { plan, quote_id: quoteId }: PlanChangeRequestBody,
    @RequestId() requestId: string,
  ): Promise<PlanChangeResponse> {
    const result = await this.changes.change({ userId, requestId, plan, quoteId });
    return toPlanChangeResponse(result, `${this.http.publicUrl}${PAY_PATH}`);
  }
}

import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { RequestId } from 'src/common/http/decorators/request-id.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { HttpConfig } from 'src/config/app-config';
import {
  ManagedByScheduleError,
  NoSubscriptionError,
  PaymentNeededError,
  STRIPE_PROBLEMS,
  SubscriptionEndedError,
} from 'src/modules/payments/payments.errors';
import { SubscriptionStatusService } from 'src/modules/payments/subscriptions/subscription-status.service';
import { SubscriptionsService } from 'src/modules/payments/subscriptions/subscriptions.service';
import {
  cancelRequestSchema,
  changedSubscriptionSchema,
  subscriptionStatusSchema,
  toChangedResponse,
  toStatusResponse,
  type CancelRequestBody,
  type ChangedSubscriptionResponse,
  type SubscriptionStatusResponse,
} from './subscription.schema';

@ApiTags('Payments')
@Controller('api/v1/payments')
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly status: SubscriptionStatusService,
    private readonly http: HttpConfig,
  ) {}

  @Get('subscription-status')
  @RequireScope('subscription:read')
  @ApiOperation({
    operationId: 'getSubscriptionStatus',
    summary: 'Is this student premium, why, and until when',
    description: 'The one truthful status. Call it when the student says that they have paid.',
  })
  @ApiOkResponse({ description: 'The status', standardSchema: subscriptionStatusSchema })
  async getStatus(@CurrentUser() { userId }: Principal): Promise<SubscriptionStatusResponse> {
    return toStatusResponse(await this.status.getStatus(userId), this.http.publicUrl);
  }

  @Post('cancel-subscription')
  @LimitedBy('payment_writes')
  @HttpCode(200)
  @RequireScope('subscription:write')
  @ApiOperation({
    operationId: 'cancelSubscription',
    summary: 'Stop the subscription from renewing',
    description:
      'Paid access stays until its end. When the current period is not paid, the subscription ends now and the open payment is cancelled. Repeating it changes nothing.',
  })
  @ApiOkResponse({ description: 'The subscription, ending', standardSchema: changedSubscriptionSchema })
  @ApiProblems(
    new NoSubscriptionError('There is no subscription to cancel.'),
    new ManagedByScheduleError(),
    ...STRIPE_PROBLEMS,
  )
  async cancel(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: cancelRequestSchema }) { when, reason, comment }: CancelRequestBody,
    @RequestId() requestId: string,
  ): Promise<ChangedSubscriptionResponse> {
    const details = {
      ...(reason === undefined ? {} : { feedback: reason }),
      ...(comment === undefined ? {} : { comment }),
    };
    return toChangedResponse(await this.subscriptions.cancel({ userId, requestId, when, details }));
  }

  @Post('resume-subscription')
  @LimitedBy('payment_writes')
  @HttpCode(200)
  @RequireScope('subscription:write')
  @ApiOperation({
    operationId: 'resumeSubscription',
    summary: 'Undo a scheduled cancellation',
    description: 'The subscription renews again at the end of the period. Repeating it changes nothing.',
  })
  @ApiOkResponse({ description: 'The subscription, renewing', standardSchema: changedSubscriptionSchema })
  @ApiProblems(
    new NoSubscriptionError('There is no subscription to resume.'),
    new SubscriptionEndedError('The subscription has ended. A new one can be bought at any time.', {
      extensions: { operation_id: 'createCheckoutSession' },
    }),
    new PaymentNeededError(),
    new ManagedByScheduleError(),
    ...STRIPE_PROBLEMS,
  )
  async resume(
    @CurrentUser() { userId }: Principal,
    @RequestId() requestId: string,
  ): Promise<ChangedSubscriptionResponse> {
    return toChangedResponse(await this.subscriptions.resume({ userId, requestId }));
  }
}

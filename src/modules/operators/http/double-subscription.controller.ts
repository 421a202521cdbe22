import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { DoubleSubscriptionService } from 'src/modules/operators/double-subscription.service';
import { NoSubscriptionError, STRIPE_PROBLEMS, SubscriptionEndedError } from 'src/modules/payments';
import { Acting } from './acting.decorator';
import {
  doubleBodySchema,
  refundOutcomeSchema,
  toRefundOutcome,
  type DoubleBody,
  type RefundOutcomeResponse,
} from './acts.schema';
import { userIdSchema } from './operator.schema';

/** A person who pays twice. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/users/:userId')
export class DoubleSubscriptionController {
  constructor(private readonly doubles: DoubleSubscriptionService) {}

  @Post('resolve-double-subscription')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resolveDoubleSubscription',
    summary: 'End one of two live subscriptions and refund it',
    description:
      'Ends the named subscription now and returns its last payment; the other one stays. Repeating it refunds nothing twice.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Resolved', standardSchema: refundOutcomeSchema })
  @ApiProblems(
    new NoSubscriptionError('This user has no other live subscription beside this one.'),
    new SubscriptionEndedError('This subscription has already ended.'),
    ...STRIPE_PROBLEMS,
  )
  async resolve(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: doubleBodySchema }) { reason, subscription_id: subscriptionId, refund }: DoubleBody,
    @Acting() acting: Acting,
  ): Promise<RefundOutcomeResponse> {
    const resolution = { subscriptionId, refund };
    return toRefundOutcome(await this.doubles.resolve(userId, resolution, { ...acting, reason }));
  }
}

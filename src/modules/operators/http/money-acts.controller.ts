import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { InvalidRequestError } from 'src/common/errors/app-error';
import { MoneyActsService } from 'src/modules/operators/money-acts.service';
import { SubscriptionActsService } from 'src/modules/operators/subscription-acts.service';
import {
  CustomerBindingError,
  NoSubscriptionError,
  RefundNotPossibleError,
  STRIPE_PROBLEMS,
  SubscriptionEndedError,
} from 'src/modules/payments';
import { UserNotFoundError } from 'src/modules/users';
import { Acting } from './acting.decorator';
import {
  accessOutcomeSchema,
  bindBodySchema,
  cancelBodySchema,
  customerIdSchema,
  refundBodySchema,
  refundOutcomeSchema,
  toAccessOutcome,
  toRefundOutcome,
  type AccessOutcomeResponse,
  type BindBody,
  type CancelBody,
  type RefundBody,
  type RefundOutcomeResponse,
} from './acts.schema';
import { reasonBodySchema, userIdSchema, type ReasonBody } from './operator.schema';

const ENDED = new SubscriptionEndedError('This subscription has already ended.');
const NONE = new NoSubscriptionError('This user has no such subscription.');

/** Acts on the money of a user: subscriptions, refunds and the customer at Stripe. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/users/:userId')
export class MoneyActsController {
  constructor(
    private readonly subscriptions: SubscriptionActsService,
    private readonly money: MoneyActsService,
  ) {}

  @Post('cancel-subscription')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'cancelUserSubscription',
    summary: 'Cancel at the end of the paid period, or now',
    description:
      '`period_end` stops every renewal and keeps what is paid. `now` ends one subscription and the collection of what it owes, and refunds nothing.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Canceled', standardSchema: accessOutcomeSchema })
  @ApiProblems(new UserNotFoundError(), NONE, ENDED, ...STRIPE_PROBLEMS)
  async cancel(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: cancelBodySchema }) { reason, when, subscription_id: id }: CancelBody,
    @Acting() acting: Acting,
  ): Promise<AccessOutcomeResponse> {
    const act = { ...acting, reason };
    if (when === 'period_end')
      return toAccessOutcome(await this.subscriptions.cancelAtPeriodEnd(userId, act));
    if (id === undefined) throw new InvalidRequestError('Name the subscription to end now.', MISSING_ID);
    return toAccessOutcome(await this.subscriptions.cancelNow(userId, id, act));
  }

  @Post('resume-subscription')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resumeUserSubscription',
    summary: 'Undo a scheduled cancellation',
    description: 'The subscription renews again. Repeating it changes nothing.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Renewing', standardSchema: accessOutcomeSchema })
  @ApiProblems(new UserNotFoundError(), NONE, ENDED, ...STRIPE_PROBLEMS)
  async resume(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<AccessOutcomeResponse> {
    return toAccessOutcome(await this.subscriptions.resume(userId, { ...acting, reason }));
  }

  @Post('refunds')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'refundUserInvoice',
    summary: 'Refund a paid invoice, in part or in full',
    description: 'A full refund revokes the period that the invoice paid, and ends its renewal.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'The refunds', standardSchema: refundOutcomeSchema })
  @ApiProblems(new RefundNotPossibleError(), ...STRIPE_PROBLEMS)
  async refund(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: refundBodySchema }) { reason, invoice, amount, left }: RefundBody,
    @Acting() acting: Acting,
  ): Promise<RefundOutcomeResponse> {
    const request = { invoiceId: invoice, amountMinor: amount, leftMinor: left };
    return toRefundOutcome(await this.money.refund(userId, request, { ...acting, reason }));
  }

  @Post('customers')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'bindCustomer',
    summary: 'Bind a customer at Stripe to this user',
    description: 'For a payment of a customer that belongs to nobody. What it paid counts from then on.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Bound', standardSchema: accessOutcomeSchema })
  @ApiProblems(
    new UserNotFoundError(),
    new CustomerBindingError('Unbind it there first.'),
    ...STRIPE_PROBLEMS,
  )
  async bind(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: bindBodySchema }) { reason, customer_id: customerId }: BindBody,
    @Acting() acting: Acting,
  ): Promise<AccessOutcomeResponse> {
    return toAccessOutcome(await this.money.bind(userId, customerId, { ...acting, reason }));
  }

  @Post('customers/:customerId/unbind')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'unbindCustomer',
    summary: 'Unbind the customer at Stripe from this user',
    description: 'Only without a live subscription. The next purchase makes a new customer.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiParam({ name: 'customerId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Unbound', standardSchema: accessOutcomeSchema })
  @ApiProblems(new UserNotFoundError(), new CustomerBindingError('End the subscription first.'))
  async unbind(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Param('customerId', { schema: customerIdSchema }) customerId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<AccessOutcomeResponse> {
    return toAccessOutcome(await this.money.unbind(userId, customerId, { ...acting, reason }));
  }
}

const MISSING_ID = { errors: [{ pointer: '/subscription_id', detail: 'is required for `now`' }] };

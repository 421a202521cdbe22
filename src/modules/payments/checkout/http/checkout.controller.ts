import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { RequestId } from 'src/common/http/decorators/request-id.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { CheckoutService } from 'src/modules/payments/checkout/checkout.service';
import { promotionRefused } from 'src/modules/payments/checkout/promotions.service';
import { alreadySubscribed } from 'src/modules/payments/checkout/refusals';
import {
  EmailNotVerifiedError,
  PlanNotOfferedError,
  PlanUnavailableError,
  ReturnUrlError,
  STRIPE_PROBLEMS,
} from 'src/modules/payments/payments.errors';
import { ReturnUrlsService } from 'src/modules/payments/checkout/return-urls.service';
import {
  checkoutRequestSchema,
  checkoutResponseSchema,
  toCheckoutResponse,
  type CheckoutRequestBody,
  type CheckoutResponse,
} from './checkout.schema';

const CHECKOUT_PROBLEMS = [
  new EmailNotVerifiedError('http://127.0.0.1:3000/verify-email'),
  alreadySubscribed({ id: 'sub_1Example', status: 'active', cancelAt: null }),
  new PlanNotOfferedError('The yearly plan is not offered.'),
  new PlanUnavailableError(),
  promotionRefused('expired'),
  new ReturnUrlError('The return address must be on an allowed site.'),
];

@ApiTags('Payments')
@Controller('api/v1/payments')
export class CheckoutController {
  constructor(
    private readonly checkout: CheckoutService,
    private readonly urls: ReturnUrlsService,
  ) {}

  @Post('create-checkout-session')
  @LimitedBy('payment_writes')
  @HttpCode(200)
  @RequireScope('subscription:write')
  @ApiOperation({
    operationId: 'createCheckoutSession',
    summary: 'Get a payment link for premium',
    description: 'Returns a link to the hosted payment page. Repeating it gives the same open link.',
  })
  @ApiOkResponse({ description: 'The payment link', standardSchema: checkoutResponseSchema })
  @ApiProblems(...CHECKOUT_PROBLEMS, ...STRIPE_PROBLEMS)
  async create(
    @CurrentUser() user: Principal,
    @Body({ schema: checkoutRequestSchema }) body: CheckoutRequestBody,
    @RequestId() requestId: string,
  ): Promise<CheckoutResponse> {
    const { checkout, ended } = await this.checkout.createSession(
      user.userId,
      {
        plan: body.plan,
        promotionCode: body.promotion_code,
        successUrl: body.success_url,
        cancelUrl: body.cancel_url,
      },
      requestId,
    );
    return toCheckoutResponse(checkout, { shortUrl: this.urls.shortUrl(checkout.shortCode), ended });
  }
}

import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { seeOther } from 'src/common/http/see-other';
import { DoubleSubscriptionService } from 'src/modules/operators/double-subscription.service';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { userIdSchema } from 'src/modules/operators/http/operator.schema';
import { doubleFormSchema, type DoubleForm } from './acts.schema';
import { OpsPages, OpsPost } from './ops-pages.decorator';

/** Ends and refunds one of two subscriptions, from the customer's page. */
@OpsPages()
@Controller('ops/customers/:userId')
export class DoubleSubscriptionPagesController {
  constructor(private readonly doubles: DoubleSubscriptionService) {}

  @Post('resolve-double')
  @OpsPost()
  async resolve(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: doubleFormSchema }) { reason, subscription_id: subscriptionId }: DoubleForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.doubles.resolve(userId, { subscriptionId, refund: true }, { ...acting, reason });
    return seeOther(reply, `/ops/customers/${userId}?done=double-resolved`);
  }
}

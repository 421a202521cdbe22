import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { seeOther } from 'src/common/http/see-other';
import { AccountActsService } from 'src/modules/operators/account-acts.service';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { userIdSchema } from 'src/modules/operators/http/operator.schema';
import { MoneyActsService } from 'src/modules/operators/money-acts.service';
import { SubscriptionActsService } from 'src/modules/operators/subscription-acts.service';
import {
  bindFormSchema,
  cancelFormSchema,
  confirmFormSchema,
  reasonFormSchema,
  refundFormSchema,
  renameFormSchema,
  resendFormSchema,
  type BindForm,
  type CancelForm,
  type ConfirmForm,
  type ReasonForm,
  type RefundForm,
  type RenameForm,
  type ResendForm,
} from './acts.schema';
import type { Notice } from './customers.schema';
import { OpsPages, OpsPost } from './ops-pages.decorator';

const UserId = () => Param('userId', { schema: userIdSchema });
const Reply = () => Res({ passthrough: true });

/** The acts on money and account of the customer's page. Each calls the service behind the operation of the API. */
@OpsPages()
@Controller('ops/customers/:userId')
export class CustomerActsController {
  constructor(
    private readonly subscriptions: SubscriptionActsService,
    private readonly money: MoneyActsService,
    private readonly accounts: AccountActsService,
  ) {}

  @Post('cancel')
  @OpsPost()
  async cancel(
    @UserId() userId: string,
    @Body({ schema: cancelFormSchema }) { reason, subscription_id: id }: CancelForm,
    @Acting() acting: Acting,
    @Reply() reply: FastifyReply,
  ): Promise<string> {
    const act = { ...acting, reason };
    if (id === undefined) await this.subscriptions.cancelAtPeriodEnd(userId, act);
    else await this.subscriptions.cancelNow(userId, id, act);
    return done(reply, userId, id === undefined ? 'canceling' : 'ended');
  }

  @Post('resume')
  @OpsPost()
  async resume(
    @UserId() userId: string,
    @Body({ schema: reasonFormSchema }) { reason }: ReasonForm,
    @Acting() acting: Acting,
    @Reply() reply: FastifyReply,
  ): Promise<string> {
    await this.subscriptions.resume(userId, { ...acting, reason });
    return done(reply, userId, 'resumed');
  }

  @Post('refund')
  @OpsPost()
  async refund(
    @UserId() userId: string,
    @Body({ schema: refundFormSchema }) { reason, invoice, amount, left }: RefundForm,
    @Acting() acting: Acting,
    @Reply() reply: FastifyReply,
  ): Promise<string> {
    const request = { invoiceId: invoice, amountMinor: amount, leftMinor: left };
    await this.money.refund(userId, request, { ...acting, reason });
    return done(reply, userId, 'refunded');
  }

  @Post('bind')
  @OpsPost()
  async bind(
    @UserId() userId: string,
    @Body({ schema: bindFormSchema }) { reason, customer_id: customerId }: BindForm,
    @Acting() acting: Acting,
    @Reply() reply: FastifyReply,
  ): Promise<string> {
    await this.money.bind(userId, customerId, { ...acting, reason });
    return done(reply, userId, 'bound');
  }

  @Post('unbind')
  @OpsPost()
  async unbind(
    @UserId() userId: string,
    @Body({ schema: bindFormSchema }) { reason, customer_id: customerId }: BindForm,
    @Acting() acting: Acting,
    @Reply() reply: FastifyReply,
  ): Promise<string> {
    await this.money.unbind(userId, customerId, { ...acting, reason });
    return done(reply, userId, 'unbound');
  }

  @Post('rename')
  @OpsPost()
  async rename(
    @UserId() userId: string,
    @Body({ schema: renameFormSchema }) { reason, full_name: fullName }: RenameForm,
    @Acting() acting: Acting,
    @Reply() reply: FastifyReply,
  ): Promise<string> {
    await this.accounts.rename(userId, fullName, { ...acting, reason });
    return done(reply, userId, 'renamed');
  }

  @Post('end-sessions')
  @OpsPost()
  async endSessions(
    @UserId() userId: string,
    @Body({ schema: confirmFormSchema }) { reason }: ConfirmForm,
    @Acting() acting: Acting,
    @Reply() reply: FastifyReply,
  ): Promise<string> {
    await this.accounts.endSessions(userId, { ...acting, reason });
    return done(reply, userId, 'signed-out');
  }

  @Post('resend-email')
  @OpsPost()
  async resendEmail(
    @UserId() userId: string,
    @Body({ schema: resendFormSchema }) { reason, email }: ResendForm,
    @Acting() acting: Acting,
    @ClientAddress() address: string,
    @Reply() reply: FastifyReply,
  ): Promise<string> {
    await this.accounts.resendEmail(userId, email, { ...acting, reason, address });
    return done(reply, userId, 'emailed');
  }
}

const done = (reply: FastifyReply, userId: string, notice: Notice): string =>
  seeOther(reply, `/ops/customers/${userId}?done=${notice}`);

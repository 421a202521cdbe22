import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { RequestId } from 'src/common/http/decorators/request-id.decorator';
import { refuseForm, type FormRefusal } from 'src/common/http/form-refusal';
import { seeOther } from 'src/common/http/see-other';
import { AccountPages, CurrentSession, type BrowserSession } from 'src/modules/auth';
import {
  CheckoutService,
  PersonalBillingService,
  PLANS,
  refundRequestBodySchema,
  RefundRequestsService,
  SubscriptionsService,
} from 'src/modules/payments';
import { cancelPage, paymentPage, problemPage, refundPage } from './account-subscription.view';

const buySchema = z.object({ plan: z.enum(PLANS) });
// A rejected form is shown again with the reason, so anything is accepted here.
const refundFormSchema = z.object({ invoice: z.string().default(''), reason: z.string().default('') });
type RefundForm = z.infer<typeof refundFormSchema>;

/** What the API's operations do, as buttons of the account page. */
@AccountPages()
@Controller('account')
export class AccountSubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly checkout: CheckoutService,
    private readonly refunds: RefundRequestsService,
    private readonly billing: PersonalBillingService,
  ) {}

  /** Prepares the payment page and links to it. A redirect would not do: browsers apply form-action to it. */
  @Post('subscription/buy')
  @LimitedBy('payment_writes')
  @FormPost()
  async buy(
    @CurrentSession() { userId }: BrowserSession,
    @Body({ schema: buySchema }) { plan }: z.infer<typeof buySchema>,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      const { checkout } = await this.checkout.createSession(userId, { plan }, requestId);
      return paymentPage(checkout);
    } catch (error) {
      return problemPage(refuseForm(reply, error).error);
    }
  }

  @Get('subscription/cancel')
  @FormPage()
  async showCancel(@CurrentSession() { userId }: BrowserSession): Promise<string> {
    return cancelPage(await this.billing.getBilling(userId));
  }

  @Post('subscription/cancel')
  @LimitedBy('payment_writes')
  @FormPost()
  async cancel(
    @CurrentSession() { userId }: BrowserSession,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.change(reply, 'canceled', () => this.subscriptions.cancel({ userId, requestId }));
  }

  @Post('subscription/resume')
  @LimitedBy('payment_writes')
  @FormPost()
  async resume(
    @CurrentSession() { userId }: BrowserSession,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.change(reply, 'resumed', () => this.subscriptions.resume({ userId, requestId }));
  }

  @Get('refund')
  @FormPage()
  showRefund(@Query({ schema: refundFormSchema }) { invoice }: RefundForm): string {
    return refundPage({ invoice, refusal: {} });
  }

  @Post('refund')
  @LimitedBy('payment_writes')
  @FormPost()
  async requestRefund(
    @CurrentSession() { userId }: BrowserSession,
    @Body({ schema: refundFormSchema }) form: RefundForm,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      const { invoice, reason } = refundRequestBodySchema.parse(form);
      await this.refunds.request({ userId, invoice, reason });
    } catch (error) {
      const refusal: FormRefusal = refuseForm(reply, error);
      return refundPage({ invoice: form.invoice, reason: form.reason, refusal });
    }
    return seeOther(reply, '/account?done=refund-requested');
  }

  private async change(reply: FastifyReply, done: string, act: () => Promise<unknown>): Promise<string> {
    try {
      await act();
    } catch (error) {
      return problemPage(refuseForm(reply, error).error);
    }
    return seeOther(reply, `/account?done=${done}`);
  }
}

import { Body, Controller, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { AppError } from 'src/common/errors/app-error';
import { FormPost } from 'src/common/http/decorators/form-page.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { RequestId } from 'src/common/http/decorators/request-id.decorator';
import { refuseForm } from 'src/common/http/form-refusal';
import { seeOther } from 'src/common/http/see-other';
import { AccountPages, CurrentSession, type BrowserSession } from 'src/modules/auth';
import {
  PlanChangeService,
  planChangeRequestSchema,
  planPreviewRequestSchema,
  PlanQuotesService,
} from 'src/modules/payments';
import { offerPage, outdatedPage, unpaidChangePage } from './account-plan.view';
import { problemPage } from './account-subscription.view';

const OUTDATED: readonly string[] = ['plan_quote_outdated', 'plan_quote_not_found'];
const NOTICES = { changed: 'plan-changed', scheduled: 'plan-scheduled', kept: 'plan-kept' } as const;

/** The plan changes in two steps: an offer, and its acceptance. */
@AccountPages()
@Controller('account/plan')
export class AccountPlanController {
  constructor(
    private readonly quotes: PlanQuotesService,
    private readonly changes: PlanChangeService,
  ) {}

  @Post('preview')
  @LimitedBy('payment_writes')
  @FormPost()
  async preview(
    @CurrentSession() { userId }: BrowserSession,
    @Body({ schema: planPreviewRequestSchema }) { plan }: z.infer<typeof planPreviewRequestSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      return offerPage(await this.quotes.quote(userId, plan));
    } catch (error) {
      return problemPage(refuseForm(reply, error).error);
    }
  }

  /** A double click changes the plan once: both get the same answer. */
  @Post()
  @LimitedBy('payment_writes')
  @FormPost()
  async change(
    @CurrentSession() { userId }: BrowserSession,
    @Body({ schema: planChangeRequestSchema }) form: z.infer<typeof planChangeRequestSchema>,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { plan, quote_id: quoteId } = form;
    try {
      const { outcome } = await this.changes.change({ userId, requestId, plan, quoteId });
      if (outcome === 'payment_required' || outcome === 'not_changed') return unpaidChangePage(outcome);
      return seeOther(reply, `/account?done=${NOTICES[outcome]}`);
    } catch (error) {
      const { error: detail } = refuseForm(reply, error);
      return error instanceof AppError && OUTDATED.includes(error.code)
        ? outdatedPage(plan)
        : problemPage(detail);
    }
  }
}

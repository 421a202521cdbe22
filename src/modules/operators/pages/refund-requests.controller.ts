import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { seeOther } from 'src/common/http/see-other';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { answerSchema } from 'src/modules/operators/http/refund-requests.schema';
import { RefundRequestActsService } from 'src/modules/operators/refund-request-acts.service';
import { confirmFormSchema, reasonFormSchema } from './acts.schema';
import { OpsGet, OpsPages, OpsPost } from './ops-pages.decorator';
import { REFUND_NOTICES, refundRequestsPage, type RefundNotice } from './refund-requests.view';

const querySchema = z.object({
  done: z
    .enum(Object.keys(REFUND_NOTICES) as RefundNotice[])
    .optional()
    .catch(undefined),
});

/** Money moves only with the box ticked; a decline needs an answer. */
const decideFormSchema = z.discriminatedUnion('decision', [
  confirmFormSchema.extend({ decision: z.literal('approve') }),
  reasonFormSchema.extend({ decision: z.literal('decline'), answer: answerSchema }),
]);
type DecideForm = z.infer<typeof decideFormSchema>;

/** Refund requests of students, and the decision. */
@OpsPages()
@Controller('ops/refund-requests')
export class RefundRequestPagesController {
  constructor(private readonly requests: RefundRequestActsService) {}

  @Get()
  @OpsGet()
  async show(@Query({ schema: querySchema }) { done }: { done?: RefundNotice | undefined }): Promise<string> {
    return refundRequestsPage(await this.requests.list(), done);
  }

  @Post(':requestId/decide')
  @OpsPost()
  async decide(
    @Param('requestId', { schema: z.uuid() }) requestId: string,
    @Body({ schema: decideFormSchema }) form: DecideForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const decision =
      form.decision === 'approve'
        ? ({ kind: 'approve' } as const)
        : ({ kind: 'decline', reason: form.answer } as const);
    const { status } = await this.requests.decide(requestId, decision, { ...acting, reason: form.reason });
    return seeOther(reply, `/ops/refund-requests?done=${status === 'declined' ? 'declined' : 'approved'}`);
  }
}

import { z } from 'zod';
import { boundedText } from 'src/common/http/text.schema';
import type { ListedRefundRequest, RefundAnswer } from 'src/modules/operators/refund-request-acts.service';
import { REFUND_REQUEST_STATUSES, refundRequestSchema, toRefundRequestResponse } from 'src/modules/payments';
import { reasonSchema } from './operator.schema';

const MOST_ANSWER_CHARACTERS = 500;

export const refundRequestsQuerySchema = z.strictObject({
  status: z.enum(REFUND_REQUEST_STATUSES).optional().describe('Absent: all that nobody has decided'),
});
export type RefundRequestsQuery = z.infer<typeof refundRequestsQuerySchema>;

export const listedRefundRequestSchema = refundRequestSchema.extend({
  user_id: z.uuid(),
  reason: z.string().describe('Written by the student'),
});
export type ListedRefundRequestResponse = z.infer<typeof listedRefundRequestSchema>;

export const toListed = ({ request }: Pick<ListedRefundRequest, 'request'>): ListedRefundRequestResponse => ({
  ...toRefundRequestResponse(request),
  user_id: request.userId,
});

/** What the student reads about a decline. */
export const answerSchema = boundedText(MOST_ANSWER_CHARACTERS)
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(3).max(MOST_ANSWER_CHARACTERS));

export const decideBodySchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve'), reason: reasonSchema }),
  z.strictObject({
    decision: z.literal('decline'),
    reason: reasonSchema,
    answer: answerSchema.describe('Why, for the student, who gets it by email'),
  }),
]);
export type DecideBody = z.infer<typeof decideBodySchema>;

export const toAnswer = (body: DecideBody): RefundAnswer =>
  body.decision === 'approve' ? { kind: 'approve' } : { kind: 'decline', reason: body.answer };

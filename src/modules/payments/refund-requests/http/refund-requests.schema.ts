import { z } from 'zod';
import { boundedText } from 'src/common/http/text.schema';
import {
  MOST_REASON_CHARACTERS,
  REFUND_REQUEST_STATUSES,
  type RefundRequest,
} from 'src/modules/payments/refund-requests/domain/refund-request';

export const refundRequestBodySchema = z.object({
  invoice: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the id or the number of an invoice')
    .optional()
    .describe('Id or number of the invoice; the newest paid one if left out'),
  reason: boundedText(MOST_REASON_CHARACTERS)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(MOST_REASON_CHARACTERS))
    .describe('Why, in the words of the student; at most 500 characters'),
});
export type RefundRequestBody = z.infer<typeof refundRequestBodySchema>;

export const refundRequestSchema = z.object({
  id: z.string(),
  status: z.enum(REFUND_REQUEST_STATUSES).describe('Only an operator approves or declines'),
  invoice: z.string(),
  invoice_number: z.string().optional(),
  amount_minor: z.int().describe('What was paid and not refunded, in minor units'),
  currency: z.string().describe('ISO 4217, lower case'),
  reason: z.string(),
  created_at: z.iso.datetime(),
  decided_at: z.iso.datetime().optional(),
  decline_reason: z.string().optional(),
});
export type RefundRequestResponse = z.infer<typeof refundRequestSchema>;

export const refundRequestListSchema = z.object({ refund_requests: z.array(refundRequestSchema) });
export type RefundRequestListResponse = z.infer<typeof refundRequestListSchema>;

export const toRefundRequestResponse = (request: RefundRequest): RefundRequestResponse => ({
  id: request.id,
  status: request.status,
  invoice: request.invoiceId,
  invoice_number: request.invoiceNumber ?? undefined,
  amount_minor: request.amountMinor,
  currency: request.currency,
  reason: request.reason,
  created_at: request.createdAt.toISOString(),
  decided_at: request.decidedAt?.toISOString(),
  decline_reason: request.declineReason ?? undefined,
});

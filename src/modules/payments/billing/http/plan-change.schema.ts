import { z } from 'zod';
import { PLAN_CHANGE_KINDS } from 'src/modules/payments/billing/domain/decide-plan-change';
import type { PlanChangeQuote } from 'src/modules/payments/billing/persistence/plan-change-quotes.repository';
import { describeOutcome, describeQuote } from 'src/modules/payments/billing/plan-change-words';
import type { PlanChangeResult } from 'src/modules/payments/billing/plan-change.service';
import { PLAN_CHANGE_OUTCOMES } from 'src/modules/payments/billing/plan-change-writes';
import { PLANS } from 'src/modules/payments/domain/subscription';

export const planPreviewRequestSchema = z.strictObject({
  plan: z.enum(PLANS).describe('The plan that the student wants'),
});
export type PlanPreviewRequestBody = z.infer<typeof planPreviewRequestSchema>;

export const planPreviewResponseSchema = z.object({
  quote_id: z.uuid().describe('For changePlan; valid until expires_at'),
  plan: z.enum(PLANS),
  takes_effect: z.enum(PLAN_CHANGE_KINDS),
  effective_at: z.iso.datetime(),
  amount_due_now_minor: z.int().describe('Charged when the change is confirmed'),
  next_amount_minor: z.int().describe('Charged at next_charge_at, and so on'),
  next_charge_at: z.iso.datetime(),
  currency: z.string(),
  cancellation: z.enum(['none', 'lifted']).describe('lifted: the subscription was set to end, and goes on'),
  expires_at: z.iso.datetime(),
  message: z.string().describe('The offer in one sentence, for the student'),
});
export type PlanPreviewResponse = z.infer<typeof planPreviewResponseSchema>;

export const planChangeRequestSchema = z.strictObject({
  plan: z.enum(PLANS),
  quote_id: z.uuid().describe('From previewPlanChange, after the student has agreed to its price'),
});
export type PlanChangeRequestBody = z.infer<typeof planChangeRequestSchema>;

export const planChangeResponseSchema = z.object({
  status: z.enum(PLAN_CHANGE_OUTCOMES),
  plan: z.enum(PLANS),
  effective_at: z.iso.datetime(),
  payment_url: z
    .string()
    .optional()
    .describe('With payment_required: the page of this site where the student pays, signed in'),
  cancellation: z.enum(['none', 'lifted']),
  message: z.string(),
});
export type PlanChangeResponse = z.infer<typeof planChangeResponseSchema>;

const cancellationOf = ({ liftsCancellation }: PlanChangeQuote) => (liftsCancellation ? 'lifted' : 'none');

export function toPreviewResponse(quote: PlanChangeQuote): PlanPreviewResponse {
  return {
    quote_id: quote.id,
    plan: quote.plan,
    takes_effect: quote.kind,
    effective_at: quote.effectiveAt.toISOString(),
    amount_due_now_minor: quote.dueNowMinor,
    next_amount_minor: quote.nextAmountMinor,
    next_charge_at: quote.nextChargeAt.toISOString(),
    currency: quote.currency,
    cancellation: cancellationOf(quote),
    expires_at: quote.expiresAt.toISOString(),
    message: describeQuote(quote),
  };
}

export function toPlanChangeResponse(
  { quote, outcome }: PlanChangeResult,
  payUrl: string,
): PlanChangeResponse {
  return {
    status: outcome,
    plan: quote.plan,
    effective_at: quote.effectiveAt.toISOString(),
    ...(outcome === 'payment_required' ? { payment_url: payUrl } : {}),
    cancellation: outcome === 'changed' ? cancellationOf(quote) : 'none',
    message: describeOutcome(outcome),
  };
}

import { z } from 'zod';
import { PLANS } from 'src/modules/payments/domain/subscription';
import type { PlanSummary } from 'src/modules/payments/plans/plans.service';

export const planListSchema = z.object({
  plans: z.array(
    z.object({
      plan: z.enum(PLANS),
      interval: z.enum(['month', 'year']).describe('How often it renews'),
      amount_minor: z
        .int()
        .min(0)
        .max(100_000_000)
        .optional()
        .describe('Price of one interval in the smallest unit: 999 in usd is 9.99; absent while not known'),
      currency: z.string().optional().describe('ISO 4217, lower case'),
    }),
  ),
  terms: z.object({
    renews_automatically: z.literal(true).describe('At the end of every interval, until cancelled'),
    cancel_any_time: z.literal(true),
    access_after_cancelling: z.literal('until_end_of_paid_period'),
  }),
});
export type PlanListResponse = z.infer<typeof planListSchema>;

export function toPlanListResponse(plans: readonly PlanSummary[]): PlanListResponse {
  return {
    plans: plans.map(({ plan, interval, amountMinor, currency }) => ({
      plan,
      interval,
      amount_minor: amountMinor,
      currency,
    })),
    terms: {
      renews_automatically: true,
      cancel_any_time: true,
      access_after_cancelling: 'until_end_of_paid_period',
    },
  };
}

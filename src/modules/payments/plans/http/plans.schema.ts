import { z } from 'zod';
import { PLANS } from 'src/modules/payments/domain/subscription';
import type { OfferedPlan } from 'src/modules/payments/plans/plans.service';

const amount = () => z.int().min(0).max(100_000_000);

export const planListSchema = z.object({
  plans: z
    .array(
      z.object({
        plan: z.enum(PLANS),
        interval: z.enum(['month', 'year']).describe('How often it renews'),
        amount_minor: amount().describe('Price of one interval in the smallest unit: 999 in usd is 9.99'),
        currency: z.string().describe('ISO 4217, lower case'),
        tax: z
          .enum(['inclusive', 'exclusive', 'unspecified'])
          .describe('Whether the price includes tax; exclusive: tax is added at the payment page'),
        trial_days: z.int().min(0).max(90).describe('Days of a first trial; 0: none'),
        saving: z
          .object({
            amount_minor: amount(),
            percent: z.int().min(0).max(100).describe('Rounded down'),
          })
          .optional()
          .describe('What a year costs less than twelve months'),
      }),
    )
    .min(1),
  terms: z.object({
    renews_automatically: z.literal(true).describe('At the end of every interval, until cancelled'),
    cancel_any_time: z.literal(true),
    access_after_cancelling: z.literal('until_end_of_paid_period'),
  }),
});
export type PlanListResponse = z.infer<typeof planListSchema>;

export function toPlanListResponse(plans: readonly OfferedPlan[]): PlanListResponse {
  return {
    plans: plans.map(({ plan, interval, amountMinor, currency, tax, trialDays, saving }) => ({
      plan,
      interval,
      amount_minor: amountMinor,
      currency,
      tax,
      trial_days: trialDays,
      saving: saving && { amount_minor: saving.amountMinor, percent: saving.percent },
    })),
    terms: {
      renews_automatically: true,
      cancel_any_time: true,
      access_after_cancelling: 'until_end_of_paid_period',
    },
  };
}

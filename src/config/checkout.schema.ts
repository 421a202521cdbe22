import { z } from 'zod';

/** What is sold, and on which terms. */
export const checkoutShape = {
  TRIAL_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(90)
    .default(0)
    .describe('Days of a first trial with a card, one per person and card; 0: no trial'),
  TRIAL_CARD_KEY: z
    .string()
    .min(32, 'is too short: at least 32 characters')
    .optional()
    .describe('Secret under which cards that had a trial are remembered; production with a trial needs it'),
  AUTOMATIC_TAX: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Whether Stripe Tax computes the tax of a purchase from the billing address'),
  TAX_ID_COLLECTION: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Whether the payment page asks companies for their tax id'),
  DOUBLE_SUBSCRIPTION: z
    .enum(['flag', 'refund_second'])
    .default('flag')
    .describe('A second live subscription of one student: flag it for an operator, or end and refund it'),
};

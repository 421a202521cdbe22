import { z } from 'zod';
import { fullNameSchema } from 'src/modules/accounts';
import { RESENT_EMAILS } from 'src/modules/operators/account-acts.service';
import type { RefundOutcome } from 'src/modules/operators/money-acts.service';
import type { Access } from 'src/modules/payments';
import { accessSchema, reasonSchema, toAccessResponse } from './operator.schema';

const stripeId = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9a-zA-Z_]{1,250}$`), `Must be a Stripe id (${prefix}_...)`);

export const subscriptionIdSchema = stripeId('sub');
export const customerIdSchema = stripeId('cus');
export const invoiceIdSchema = stripeId('in');

export const cancelBodySchema = z.strictObject({
  reason: reasonSchema,
  when: z.enum(['period_end', 'now']).default('period_end'),
  subscription_id: subscriptionIdSchema.optional().describe('Required for `now`: the subscription to end'),
});
export type CancelBody = z.infer<typeof cancelBodySchema>;

export const refundBodySchema = z.strictObject({
  reason: reasonSchema,
  invoice: invoiceIdSchema.describe('A paid invoice of this user'),
  amount: z
    .number()
    .int()
    .min(1)
    .max(99_999_999)
    .optional()
    .describe('Minor units; absent returns all that is left'),
  left: z
    .number()
    .int()
    .min(1)
    .max(99_999_999)
    .optional()
    .describe('What was left when you looked, in minor units. Nothing is refunded when it has changed'),
});
export type RefundBody = z.infer<typeof refundBodySchema>;

export const doubleBodySchema = z.strictObject({
  reason: reasonSchema,
  subscription_id: subscriptionIdSchema.describe('The subscription to end'),
  refund: z.boolean().default(true).describe('Whether its last payment is returned'),
});
export type DoubleBody = z.infer<typeof doubleBodySchema>;

export const bindBodySchema = z.strictObject({ reason: reasonSchema, customer_id: customerIdSchema });
export type BindBody = z.infer<typeof bindBodySchema>;

export const renameBodySchema = z.strictObject({ reason: reasonSchema, full_name: fullNameSchema });
export type RenameBody = z.infer<typeof renameBodySchema>;

export const resendBodySchema = z.strictObject({ reason: reasonSchema, email: z.enum(RESENT_EMAILS) });
export type ResendBody = z.infer<typeof resendBodySchema>;

export const accessOutcomeSchema = z.object({
  access: accessSchema.describe('The access decision after the change'),
});
export type AccessOutcomeResponse = z.infer<typeof accessOutcomeSchema>;

export const toAccessOutcome = (access: Access): AccessOutcomeResponse => ({
  access: toAccessResponse(access),
});

export const refundOutcomeSchema = accessOutcomeSchema.extend({
  refunds: z.array(
    z.object({
      id: z.string(),
      payment_intent_id: z.string(),
      amount: z.number().int().describe('Minor units'),
    }),
  ),
});
export type RefundOutcomeResponse = z.infer<typeof refundOutcomeSchema>;

export const toRefundOutcome = ({ refunds, access }: RefundOutcome): RefundOutcomeResponse => ({
  ...toAccessOutcome(access),
  refunds: refunds.map(({ refundId, paymentIntentId, amountMinor }) => ({
    id: refundId,
    payment_intent_id: paymentIntentId,
    amount: amountMinor,
  })),
});

export const doneSchema = z.object({ done: z.literal(true) });
export type DoneResponse = z.infer<typeof doneSchema>;

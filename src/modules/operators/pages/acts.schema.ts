import { z } from 'zod';
import { fullNameSchema } from 'src/modules/accounts';
import { RESENT_EMAILS } from 'src/modules/operators/account-acts.service';
import {
  customerIdSchema,
  invoiceIdSchema,
  subscriptionIdSchema,
} from 'src/modules/operators/http/acts.schema';
import { reasonSchema } from 'src/modules/operators/http/operator.schema';

/** Forms send every field as text; an empty field is an absent one. */
export const reasonFormSchema = z.object({ reason: reasonSchema, confirm: z.literal('yes').optional() });
export type ReasonForm = z.infer<typeof reasonFormSchema>;

/** An act that cannot be undone arrives with its box ticked, or is refused. */
export const confirmFormSchema = reasonFormSchema.extend({
  confirm: z.literal('yes', 'must be ticked: this cannot be undone'),
});
export type ConfirmForm = z.infer<typeof confirmFormSchema>;

export const cancelFormSchema = confirmFormSchema.extend({
  subscription_id: subscriptionIdSchema.optional(),
});
export type CancelForm = z.infer<typeof cancelFormSchema>;

export const doubleFormSchema = confirmFormSchema.extend({ subscription_id: subscriptionIdSchema });
export type DoubleForm = z.infer<typeof doubleFormSchema>;

/** The amount is in minor units; empty returns all that is left. */
export const refundFormSchema = confirmFormSchema.extend({
  invoice: invoiceIdSchema,
  /** As the page showed it: the second of two clicks finds less left, and refunds nothing. */
  left: z.coerce.number().int().min(1).max(99_999_999),
  amount: z
    .union([z.literal('').transform(() => undefined), z.coerce.number().int().min(1).max(99_999_999)])
    .optional(),
});
export type RefundForm = z.infer<typeof refundFormSchema>;

export const bindFormSchema = confirmFormSchema.extend({ customer_id: customerIdSchema });
export type BindForm = z.infer<typeof bindFormSchema>;

export const renameFormSchema = reasonFormSchema.extend({ full_name: fullNameSchema });
export type RenameForm = z.infer<typeof renameFormSchema>;

export const resendFormSchema = reasonFormSchema.extend({ email: z.enum(RESENT_EMAILS) });
export type ResendForm = z.infer<typeof resendFormSchema>;

export const bindByEmailFormSchema = bindFormSchema.extend({ email: z.string().trim().min(3).max(320) });
export type BindByEmailForm = z.infer<typeof bindByEmailFormSchema>;

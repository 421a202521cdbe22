import { z } from 'zod';
import { emailSchema, existingPasswordSchema, newPasswordSchema } from './auth.schema';

/** From a link in a mail. Anything that is text is looked up, and refused when it is no token of ours. */
export const linkTokenSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line of text');

export const forgotPasswordSchema = z.strictObject({ email: emailSchema });
export type ForgotPasswordBody = z.infer<typeof forgotPasswordSchema>;

export const resetPasswordSchema = z.strictObject({
  token: linkTokenSchema,
  new_password: newPasswordSchema,
});
export type ResetPasswordBody = z.infer<typeof resetPasswordSchema>;

export const verifyEmailSchema = z.strictObject({ token: linkTokenSchema });
export type VerifyEmailBody = z.infer<typeof verifyEmailSchema>;

export const changePasswordSchema = z.strictObject({
  current_password: existingPasswordSchema,
  new_password: newPasswordSchema,
});
export type ChangePasswordBody = z.infer<typeof changePasswordSchema>;

export const changeEmailSchema = z.strictObject({ new_email: emailSchema, password: existingPasswordSchema });
export type ChangeEmailBody = z.infer<typeof changeEmailSchema>;

export const forgotPasswordAnswerSchema = z.object({
  accepted: z.literal(true).describe('Says nothing about whether there is such an account'),
});
export const passwordChangedAnswerSchema = z.object({ password_changed: z.literal(true) });
export const verifyEmailAnswerSchema = z.object({
  email_verified: z.literal(true),
  email: z.string().describe('The address that is confirmed now'),
});
export const resendAnswerSchema = z.object({
  email_verified: z.boolean(),
  mail_sent: z.boolean().describe('False when there is nothing to confirm'),
});
export const changeEmailAnswerSchema = z.object({
  confirmation_sent: z.literal(true).describe('The address changes when the link in the mail is used'),
});

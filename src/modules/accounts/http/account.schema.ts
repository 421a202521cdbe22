import { z } from 'zod';
import { emailSchema, existingPasswordSchema, newPasswordSchema } from './auth.schema';

/** From a link in an email. Any text is looked up; unknown tokens are rejected. */
export const linkTokenSchema = z
  .string()
  .min(1)
  .max(200, { abort: true })
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
  accepted: z.literal(true).describe('Does not say whether the account exists'),
});
export const passwordChangedAnswerSchema = z.object({ password_changed: z.literal(true) });
export const verifyEmailAnswerSchema = z.object({
  email_verified: z.literal(true),
  email: z.string().describe('The verified address'),
});
export const resendAnswerSchema = z.object({
  email_verified: z.boolean(),
  mail_sent: z.boolean().describe('False when the address is already verified'),
});
export const changeEmailAnswerSchema = z.object({
  confirmation_sent: z.literal(true).describe('The address changes when the link in the email is used'),
});

import { z } from 'zod';
import { parseReturnPath } from 'src/modules/auth/domain/return-path';

const returnTo = z.string().optional().transform(parseReturnPath);
// As it was typed: a form that is not right is shown again with what is wrong, not answered with a problem document.
const typed = z.string().default('');

export const returnQuerySchema = z.object({ return_to: returnTo });
export type ReturnQuery = z.infer<typeof returnQuerySchema>;

/** A link without a token, or with half of one, is a link that does not work. */
export const linkQuerySchema = z.object({ token: typed });
export type LinkQuery = z.infer<typeof linkQuerySchema>;

export const forgotFormSchema = z.object({ email: typed, return_to: returnTo });
export type ForgotForm = z.infer<typeof forgotFormSchema>;

export const resetFormSchema = z.object({ token: typed, new_password: typed });
export type ResetForm = z.infer<typeof resetFormSchema>;

export const resendFormSchema = z.object({ email: typed });
export type ResendForm = z.infer<typeof resendFormSchema>;

export const passwordFormSchema = z.object({ current_password: typed, new_password: typed });
export type PasswordForm = z.infer<typeof passwordFormSchema>;

export const emailFormSchema = z.object({ new_email: typed, password: typed });
export type EmailForm = z.infer<typeof emailFormSchema>;

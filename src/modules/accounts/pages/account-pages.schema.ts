import { z } from 'zod';
import { returnTo, formText } from './form-text.schema';

/** A link without a token, or with half of one, is a link that does not work. */
export const linkQuerySchema = z.object({ token: formText });
export type LinkQuery = z.infer<typeof linkQuerySchema>;

export const forgotFormSchema = z.object({ email: formText, return_to: returnTo });
export type ForgotForm = z.infer<typeof forgotFormSchema>;

export const resetFormSchema = z.object({ token: formText, new_password: formText });
export type ResetForm = z.infer<typeof resetFormSchema>;

export const resendFormSchema = z.object({ email: formText });
export type ResendForm = z.infer<typeof resendFormSchema>;

export const passwordFormSchema = z.object({ current_password: formText, new_password: formText });
export type PasswordForm = z.infer<typeof passwordFormSchema>;

export const emailFormSchema = z.object({ new_email: formText, password: formText });
export type EmailForm = z.infer<typeof emailFormSchema>;

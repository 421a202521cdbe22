import { z } from 'zod';
import { returnTo, typed } from './typed.schema';

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

import { z } from 'zod';
import { returnTo, formText } from './form-text.schema';

export const signInFormSchema = z.object({ email: formText, password: formText, return_to: returnTo });
export type SignInForm = z.infer<typeof signInFormSchema>;

export const registerFormSchema = z.object({
  email: formText,
  full_name: formText,
  password: formText,
  return_to: returnTo,
});
export type RegisterForm = z.infer<typeof registerFormSchema>;
